// A POSIX archive (IEEE 1003.1, ustar) of text files below one folder.
const BLOCK = 512;

export function tar(folder, files) {
  const encoder = new TextEncoder();
  const parts = [];
  for (const file of files) {
    const bytes = encoder.encode(file.text);
    parts.push(header(encoder, `${folder}/${file.path}`, bytes.length), bytes);
    parts.push(new Uint8Array((BLOCK - (bytes.length % BLOCK)) % BLOCK));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return new Blob(parts, { type: "application/x-tar" });
}

function header(encoder, path, size) {
  const block = new Uint8Array(BLOCK);
  const put = (at, text) => block.set(encoder.encode(text), at);
  const octal = (number, digits) => `${number.toString(8).padStart(digits, "0")}\0`;
  // A path of more than 100 bytes is split at a slash.
  const cut = path.length <= 100 ? -1 : path.indexOf("/", path.length - 101);
  put(0, path.slice(cut + 1));
  put(100, octal(0o644, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(0, 11));
  put(148, " ".repeat(8));
  put(156, "0");
  put(257, "ustar\0" + "00");
  if (cut > 0) put(345, path.slice(0, cut));
  const sum = block.reduce((sum, byte) => sum + byte, 0);
  put(148, `${octal(sum, 6)} `);
  return block;
}
