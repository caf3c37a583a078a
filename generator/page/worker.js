// Generates off the page's own thread, so that a large description does not stop it.
import init, { run } from "./generator.js";

const ready = init({ module_or_path: new URL("./generator_bg.wasm", import.meta.url) });
ready.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: `The generator can't be loaded: ${error}` }),
);

onmessage = async ({ data }) => {
  await ready;
  const from = performance.now();
  try {
    const answer = JSON.parse(run(JSON.stringify(data)));
    postMessage({ answer, milliseconds: performance.now() - from });
  } catch (error) {
    // What WebAssembly stops for leaves its memory as it was: the page starts another worker.
    postMessage({ failed: `The generator stopped: ${error}. The command line has no such limits.`, over: true });
  }
};
