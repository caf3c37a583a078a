// The two servers of the end-to-end run, neither of which we wrote: Prism, which serves the document given as argument and
// checks every request against it, and oidc-provider, a certified OAuth 2.0 server.
//
// Both listen on free ports of 127.0.0.1. Once both do, one line of JSON says where, and which clients they know.
// `GET <observed>` tells how many token requests there were, and what Prism found wrong with the requests it got.
// Everything ends with our standard input, so that no server outlives whoever started this, however they went.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { Provider } from 'oidc-provider';

// Node.js 18, which some distributions still have, lacks the one thing that oidc-provider needs of a later one.
URL.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);

const SCOPES = ['admin', 'webhook.create', 'webhook.readonly', 'event.create'].map(
  (name) => `https://purl.imsglobal.org/spec/caliper/v1p1/scope/${name}`,
);

// Ids and secrets go wrong when a client forgets to form-encode them (RFC 6749, section 2.3.1), so these are full of
// characters that need it.
const CLIENTS = [
  { client_id: 'basic:/+ %&=', client_secret: 's3cr3t/+ %&=:~"', token_endpoint_auth_method: 'client_secret_basic' },
  { client_id: 'post:/+ %&=', client_secret: 'other+/=&%20 "#', token_endpoint_auth_method: 'client_secret_post' },
];

const observed = { tokenRequests: 0, violations: [] };

function stop(reason) {
  if (reason) console.error(reason);
  prism.kill('SIGKILL');
  process.exit(reason ? 1 : 0);
}

const prism = spawn(
  process.execPath,
  [createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js'), 'mock', '--errors', '--host', '127.0.0.1', '--port', '0', process.argv[2]],
  { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } },
);
prism.on('exit', (code) => stop(`Prism ended with ${code}`));
process.stdin.on('end', () => stop()).resume();

function servePrism() {
  return new Promise((resolve) => {
    const look = (line) => {
      const started = /Prism is listening on (http:\S+)/.exec(line);
      if (started) resolve(started[1]);
      else if (line.includes('✖')) observed.violations.push(line.replace(/^.*✖\s*error\s*/, ''));
    };
    createInterface({ input: prism.stdout }).on('line', look);
    createInterface({ input: prism.stderr }).on('line', look);
  });
}

function serveTokens() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const issuer = `http://127.0.0.1:${server.address().port}`;
      const provider = new Provider(issuer, {
        clients: CLIENTS.map((client) => ({
          ...client,
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          scope: SCOPES.join(' '),
        })),
        scopes: SCOPES,
        features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
        ttl: { ClientCredentials: 600 },
      });
      provider.use(async (context, next) => {
        if (context.path === '/observed') {
          context.body = observed;
          return;
        }
        if (context.path === '/token') observed.tokenRequests += 1;
        await next();
      });
      provider.on('server_error', (_, error) => console.error(error));
      server.on('request', provider.callback());
      resolve(issuer);
    });
  });
}

const [api, issuer] = await Promise.all([servePrism(), serveTokens()]);
console.log(JSON.stringify({ api, token: `${issuer}/token`, observed: `${issuer}/observed`, clients: CLIENTS }));
