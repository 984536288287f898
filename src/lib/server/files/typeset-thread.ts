// The program of the typesetting thread, as one text: it needs nothing of the office, only the packaged typesetter. A typst world is made once
// and kept, because reading a Chinese font takes longer than setting a page. One message in, one answer out.
export const typesetThread = `
const { parentPort, workerData } = require('node:worker_threads');
const { createRequire } = require('node:module');
const { NodeCompiler } = createRequire(workerData.from)('@myriaddreamin/typst-ts-node-compiler');
const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: workerData.fontPaths }] });
const mainFileContent = workerData.template;
parentPort.on('message', ({ job, doc, at }) => {
  try {
    const made = compiler.compile({ mainFileContent, inputs: { doc }, resetRead: true });
    const fault = made.takeDiagnostics();
    if (!made.result) throw new Error(JSON.stringify(fault && fault.shortDiagnostics));
    const pdf = compiler.pdf(made.result, { creationTimestamp: Math.floor(at / 1000) });
    compiler.evictCache(10);
    parentPort.postMessage({ job, pdf, pages: made.result.numOfPages });
  } catch (error) {
    parentPort.postMessage({ job, fault: String((error && error.message) || error) });
  }
});
`;
