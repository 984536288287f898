// Why minutes are not frozen, signed or completed, in English.
import type { minutesRefusals as zhCN } from '#lib/messages/zh-CN/minutes-refusals.ts';

const numberKinds: Readonly<Record<string, string>> = {
  phone: 'a telephone number',
  identity: 'an identity number',
};

export const minutesRefusals: typeof zhCN = {
  'minutes-not-adjourned': () => 'The meeting is not adjourned yet. Minutes are frozen after it.',
  'minutes-no-text': () => 'There is no text of the minutes yet. Open the minutes first, then freeze them.',
  'minutes-frozen': () =>
    'The minutes are frozen. To change them, give a reason and open a new edition; what was signed is void then.',
  'minutes-not-frozen': () => 'The minutes are not frozen yet and cannot be signed.',
  'minutes-anchors': (p) =>
    `${p.missing} facts are missing from the text and ${p.twice} are there twice. Open the minutes, wait until they are set right, and freeze again.`,
  'minutes-plain-name': (p) =>
    `Paragraph ${p.line} (“${p.words}”) has the name “${p.name}” typed in plain. Make it an @ mention, so that it can be masked in public.`,
  'minutes-plain-number': (p) =>
    `Paragraph ${p.line} (“${p.words}”) holds ${numberKinds[p.what] ?? 'a personal number'}, “${p.number}”. The minutes are public: take it out, then freeze.`,
  'minutes-nobody-signs': () => 'Nobody could sign: appoint chair and secretary, or check that members attended.',
  'minutes-complete': () => 'The minutes are complete and filed; nothing more can be signed.',
  'minutes-incomplete': () => 'The signing rule is not met yet, so the minutes cannot be completed.',
  'signing-not-yours': () =>
    'These minutes do not need your signature. If you attended the meeting, please ask the secretary.',
  'signing-done': () => 'Already signed: everybody signs once.',
  'signing-stale': () => 'This signing has expired or was used already. Go back to the page and sign again.',
  'signing-broken': () => 'The signature did not verify and nothing was kept. Try again, or sign on paper.',
  'signing-elsewhere': (p) =>
    `This device can sign only on pages opened at ${p.site}. Open that address, or sign on paper.`,
  'signing-personal': (p) =>
    p.what === 'name'
      ? `What you write is published with the minutes: instead of the name “${p.found}” write an office or a sector, such as “the property company”.`
      : `What you write is published with the minutes: take out ${numberKinds[p.what] ?? 'the number'} “${p.found}”.`,
  'signing-text-missing': () =>
    'Choose a statement; a reservation, a refusal and a new edition each need a reason in words.',
  'signing-key-unfit': () => 'This signing key is not known. Enrol this device again, or sign on paper.',
  'signing-image-unfit': () => 'The drawn signature cannot be used. Clear it and draw again.',
  'paper-scan-unfit': (p) => `Attach a photo or scan of the signature page (JPG, PNG or PDF, at most ${p.most} MB).`,
  'paper-second-person': () => 'A signature on paper is confirmed by another person than the one who entered it.',
  'report-unanswered': (p) =>
    `${p.count} opinions have no answer yet. The report can be frozen when every one is answered.`,
  'report-published': () => 'The report is published and is not opened again.',
  'paper-settled': () => 'This signature on paper has been dealt with already.',
};
