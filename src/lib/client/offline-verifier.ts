// The program inside verify.html: opened from a file, without network and without us. It is bundled into that one page when the program is built
// (server/minutes/verify-page.ts); it reads the chosen files on the device and writes one line a check.
import { verdictLines } from '#lib/messages/verdict-lines.ts';
import { verify as en } from '#lib/messages/en/verify.ts';
import { verify as zhCN } from '#lib/messages/zh-CN/verify.ts';
import { verifyFile } from '#lib/protocol/verify-file.ts';

const chinese = !/^en/i.test(navigator.language);
const v = chinese ? zhCN : en;

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function field(label: string, control: HTMLElement): HTMLElement {
  const line = make('label');
  line.append(make('span', label), control);
  return line;
}

document.documentElement.lang = chinese ? 'zh-CN' : 'en';
document.title = v.title;
const file = make('input', '', { type: 'file', accept: '.json,.zip,.pdf' });
const checkpoint = make('input', '', { type: 'file' });
const fingerprint = make('input', '', { type: 'text', autocomplete: 'off' });
const answer = make('div', '', { role: 'status', 'aria-live': 'polite' });
const main = make('main');
main.append(
  make('h1', v.title),
  make('p', v.lead),
  field(v.choose, file),
  field(v.checkpoint, checkpoint),
  make('p', v.checkpointHint, { class: 'hint' }),
  field(v.fingerprintLabel, fingerprint),
  answer,
);
document.body.append(main);

const bytesOf = (chosen: File): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(new Uint8Array(reader.result as ArrayBuffer));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsArrayBuffer(chosen);
  });

async function judge(): Promise<void> {
  const [chosen] = file.files ?? [];
  if (!chosen) return;
  answer.replaceChildren(make('p', v.reading));
  const [old] = checkpoint.files ?? [];
  const verdict = verifyFile(await bytesOf(chosen), {
    checkpoint: old ? new TextDecoder().decode(await bytesOf(old)) : null,
    fingerprint: fingerprint.value.trim() || null,
  });
  const list = make('ul');
  for (const { ok, what, fault } of verdictLines(v, verdict)) {
    const line = make('li', '', { class: ok ? 'holds' : 'breaks' });
    line.append(
      make('b', ok ? `✓ ${v.holds}` : `✗ ${v.breaks}`),
      make('span', fault === '' ? what : `${what} — ${fault}`),
    );
    list.append(line);
  }
  answer.replaceChildren(
    make('h2', verdict.ok ? v.passed : v.failed, { class: verdict.ok ? 'holds' : 'breaks' }),
    make('p', verdict.ok ? v.passedText : v.failedText),
    list,
  );
  for (const [name, value] of [
    [v.docHash, verdict.docHash],
    [v.fingerprint, verdict.fingerprint],
  ] as const)
    if (value) answer.append(make('p', name), make('code', value));
}

for (const input of [file, checkpoint, fingerprint]) input.addEventListener('change', () => void judge());
