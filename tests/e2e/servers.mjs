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

// Whoever started this reads one line and no more; what the servers print after that is nobody's loss.
process.stdout.on('error', () => {});

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

// What people sign in with; it keeps no secret.
const PERSON = {
  client_id: 'person:/+ %&=',
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  redirect_uris: ['http://127.0.0.1/back'],
  response_types: ['code'],
  scope: 'read write',
};

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
    let asked = '';
    const look = (line) => {
      const received = /\[HTTP SERVER\] (\w+) (\S+) .*Request received/.exec(line);
      if (received) asked = `${received[1].toUpperCase()} ${received[2]}`;
      const started = /Prism is listening on (http:\S+)/.exec(line);
      if (started) resolve(started[1]);
      else if (line.includes('✖')) observed.violations.push(`${asked}: ${line.replace(/^.*✖\s*error\s*/, '')}`);
    };
    createInterface({ input: prism.stdout }).on('line', look);
    createInterface({ input: prism.stderr }).on('line', look);
  });
}

// An API that tells callers what their token says.
async function serveCaller(provider, context) {
  const token = /^Bearer (.+)$/.exec(context.get('authorization'))?.[1] ?? '';
  const found = (await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token));
  context.status = found ? 200 : 401;
  context.body = found ? { scope: found.scope, person: found.accountId } : {};
}

// A person who signs in, and agrees, without being asked.
async function signIn(provider, context) {
  const { prompt, params, session } = await provider.interactionDetails(context.req, context.res);
  let result = { login: { accountId: 'person' } };
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    result = { consent: { grantId: await grant.save() } };
  }
  context.respond = false;
  await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: true });
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
          scope: [...SCOPES, 'read', 'write'].join(' '),
        })).concat(PERSON),
        scopes: [...SCOPES, 'read', 'write', 'admin'],
        features: {
          clientCredentials: { enabled: true },
          deviceFlow: { enabled: true },
          devInteractions: { enabled: false },
        },
        issueRefreshToken: () => true,
        pkce: { required: () => true },
        rotateRefreshToken: () => true,
        ttl: { ClientCredentials: 600, AccessToken: 2, Grant: 600, Interaction: 600, RefreshToken: 600, Session: 600 },
      });
      provider.use(async (context, next) => {
        if (context.path === '/observed') {
          context.body = observed;
          return;
        }
        if (context.path.startsWith('/api/')) return serveCaller(provider, context);
        if (context.path.startsWith('/interaction/')) return signIn(provider, context);
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
const person = PERSON.client_id;
console.log(
  JSON.stringify({ api, issuer, token: `${issuer}/token`, observed: `${issuer}/observed`, clients: CLIENTS, person }),
);
