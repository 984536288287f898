// verify.html: one page with its whole program inside, for archives and PDF attachments. It loads nothing, from anywhere, and says so to the
// browser, so that what it shows depends on the chosen file alone.
import { verifierSource } from './verifier-source.ts';

const style = `body{margin:0;font:17px/1.7 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1d2420;background:#f7f6f1}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.6rem}label{display:block;margin:1rem 0}label span{display:block;font-weight:600}
input{font:inherit;width:100%;box-sizing:border-box;min-height:52px;padding:10px;border:1px solid #8a938c;border-radius:8px;background:#fff}
.hint{color:#4a544d;font-size:.9em}ul{list-style:none;padding:0}li{padding:.6rem 0;border-bottom:1px solid #d9dcd5}li b{display:inline-block;min-width:5.5em}
.holds b,h2.holds{color:#0b5c42}.breaks b,h2.breaks,.breaks span{color:#9a1f1f}code{display:block;word-break:break-all;background:#ecebe3;padding:.6rem;border-radius:8px}`;

export async function verifyPage(): Promise<string> {
  // A closing tag inside the program would end it.
  const program = (await verifierSource()).replace(/<\/(?=script)/gi, '<\\/');
  const policy = `default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'`;
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Yishi</title>',
    `<style>${style}</style></head><body><script>${program}</script></body></html>`,
    '',
  ].join('\n');
}
