// The program of the typesetting thread, as one text: it needs nothing of the office, only the packaged typesetter and the packaged sealer. A typst
// world is made once and kept, because reading a Chinese font takes longer than setting a page. One message in, one answer out.
export const typesetThread = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
const path = require('node:path');
const { createPrivateKey, sign } = require('node:crypto');
let typesetter;
const theTypesetter = () => {
  const { NodeCompiler } = createRequire(workerData.from)('@myriaddreamin/typst-ts-node-compiler');
  return (typesetter ??= NodeCompiler.create({ fontArgs: [{ fontPaths: workerData.fontPaths }] }));
};
const mainFileContent = workerData.template;
async function sealed({ pdf, attachments, certificate, key }) {
  const { PDF } = await import(workerData.sealer);
  const document = await PDF.load(pdf);
  for (const { name, bytes, mimeType } of attachments) document.addAttachment(name, bytes, { mimeType });
  const whole = await PDF.load(await document.save());
  const own = createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' });
  const signer = {
    certificate,
    keyType: 'RSA',
    signatureAlgorithm: 'RSASSA-PKCS1-v1_5',
    sign: (data) => Promise.resolve(new Uint8Array(sign('sha256', data, own))),
  };
  return (await whole.sign({ signer, reason: 'Yishi', fieldName: 'Yishi' })).bytes;
}
parentPort.on('message', async ({ job, doc, at, seal, pictures = [] }) => {
  const files = pictures.map(({ name, content }) => [path.resolve(name), Buffer.from(content)]);
  try {
    if (seal) return parentPort.postMessage({ job, pdf: await sealed(seal), pages: 0 });
    const compiler = theTypesetter();
    for (const [file, content] of files) compiler.mapShadow(file, content);
    const made = compiler.compile({ mainFileContent, inputs: { doc }, resetRead: true });
    const fault = made.takeDiagnostics();
    if (!made.result) throw new Error(JSON.stringify(fault && fault.shortDiagnostics));
    const pdf = compiler.pdf(made.result, { creationTimestamp: Math.floor(at / 1000) });
    compiler.evictCache(10);
    parentPort.postMessage({ job, pdf, pages: made.result.numOfPages });
  } catch (error) {
    parentPort.postMessage({ job, fault: String((error && error.message) || error) });
  } finally {
    for (const [file] of files) typesetter?.unmapShadow(file);
  }
});
`;
