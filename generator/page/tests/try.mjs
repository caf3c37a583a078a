// Uses the page in a browser, as a person would: `BROWSER=/usr/bin/chromium node try.mjs [FOLDER FOR SCREENSHOTS] [MORE DESCRIPTIONS…]`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createReadStream, existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const site = fileURLToPath(new URL("../../../target/page/", import.meta.url));
const [screenshots, ...descriptions] = process.argv.slice(2);
const KINDS = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".wasm": "application/wasm", ".yaml": "text/yaml" };

const server = createServer((request, response) => {
  const path = join(site, request.url === "/" ? "index.html" : new URL(request.url, "http://a").pathname);
  if (!path.startsWith(site) || !existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": KINDS[extname(path)] ?? "application/octet-stream" });
  createReadStream(path).pipe(response);
});
await new Promise((started) => server.listen(0, "127.0.0.1", started));
const address = `http://127.0.0.1:${server.address().port}/`;

const which = process.env.BROWSER ?? "/usr/bin/chromium";
const executablePath = which.includes("/") ? which : spawnSync("which", [which]).stdout.toString().trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });

try {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1360, height: 850 } });
    const outside = [];
    const faults = [];
    page.on("request", (request) => request.url().startsWith(address) || request.url().startsWith("blob:") || outside.push(request.url()));
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    const take = async (name) => screenshots && page.screenshot({ path: join(screenshots, `${name}-${colorScheme}.png`) });
    const state = () => page.locator("#state").textContent();
    const done = () => page.waitForFunction(() => !document.getElementById("run").disabled && !/Loading|Generating|Ready/.test(document.getElementById("state").textContent), undefined, { timeout: 120_000 });

    const give = async (file) => {
      await page.evaluate(() => (document.getElementById("state").textContent = "Generating…"));
      await page.setInputFiles("#open", file);
      await done();
    };

    await page.goto(address);
    await done();
    assert.match(await state(), /^webhooks-api: 13 operations, \d+ types/);
    assert.match(await page.locator("#code").textContent(), /pub fn activate\(/);
    assert.match(await page.locator("#findings pre").textContent(), /:id/);
    await take("example");

    // A file of the list, by a name in it.
    await page.fill("#filter", "struct WebhookResponse");
    await page.locator("#files button", { hasText: "src/types/webhooks.rs" }).click();
    assert.match(await page.locator("#code").textContent(), /pub struct WebhookResponse/);
    assert.ok((await page.locator("#code").evaluate((code) => code.scrollTop)) > 0, "the name is in sight");

    // An archive that tar reads.
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    const archive = join(tmpdir(), `clientwright-page-${process.pid}.tar`);
    await download.saveAs(archive);
    const listed = spawnSync("tar", ["--list", "--file", archive]);
    assert.equal(listed.status, 0, listed.stderr.toString());
    assert.match(listed.stdout.toString(), /^webhooks-api\/Cargo\.toml$/m);

    // A rejected description keeps the page usable, and markup in it is text.
    const bad = join(tmpdir(), `<img src=x onerror=alert(1)>.yaml`.replaceAll("/", ""));
    writeFileSync(bad, "openapi: 3.1.0\ninfo: {title: '<b>T</b>', version: '1'}\npaths: {/a: {get: {parameters: [{$ref: '#/nowhere'}], responses: {}}}}\n");
    await give(bad);
    assert.match(await state(), /rejected/);
    assert.match(await page.locator("#findings pre").textContent(), /nowhere/);
    assert.equal(await page.locator("#findings b, #given img").count(), 0);
    await take("rejected");

    // Nested deeper than any stack.
    await page.evaluate(() => {
      document.getElementById("text").value = `{"openapi":"3.1.0","x-a":${"[".repeat(300000)}${"]".repeat(300000)}}`;
    });
    await page.click("#run");
    await done();
    assert.doesNotMatch(await state(), /operations/);

    for (const description of descriptions) {
      await give(description);
      console.log(`${basename(description)}: ${await state()}`);
      assert.match(await state(), /operations?, /);
      await take(basename(description, extname(description)));
    }
    assert.deepEqual(outside, [], "requests that leave the page");
    assert.deepEqual(faults, []);
    await page.close();
  }
  console.log("the page works, light and dark");
} finally {
  await browser.close();
  server.close();
}
