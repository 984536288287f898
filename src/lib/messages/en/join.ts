// English words for ../zh-CN/join.ts.
import type { JoinMessages } from '#lib/messages/zh-CN/join.ts';

export const join: JoinMessages = {
  title: 'Join a meeting',
  code: 'Meeting code',
  codeHint: 'The six digits on the big screen and on the notice.',
  find: 'Go',
  unknownCode: (p) =>
    `There is no meeting with the code “${p.code}”. Please compare with the big screen or the notice; the code of a practice meeting ends with it.`,
  codeWrong: 'A meeting code is six digits. Please type it again.',
  otherCode: 'Another code',
  when: (p) => `Time: ${p.time}`,
  place: (p) => `Place: ${p.place}`,
  notYet: 'Check-in is not open yet. You can read the agenda now and check in once it opens.',
  ended: 'The meeting is over. You can read the results.',

  asMember: 'I am a member',
  signedIn: (p) => `You are ${p.name}`,
  where: 'Where are you taking part?',
  alreadyIn: 'You are checked in. Go right in.',
  toRoom: 'Enter the meeting',
  noSeat: 'Your account has no seat at this meeting. You can watch.',
  signIn: 'Sign in with an account',
  bySlip: 'Use a printed slip',
  slipHint: 'The slip from the secretary: eight signs, good for one use.',
  slipCode: 'Code on the slip',
  slipGo: 'Take my seat',
  byName: 'Find myself in the list',
  byNameHint: 'For those without account and slip. Somebody at the desk looks and lets you in.',
  yourName: 'Name',
  request: 'Ask for my seat',
  taken: 'checked in',

  asResident: 'I am a resident and want to watch',
  residentHint: 'No account and no name needed. You choose what to be called only when you ask a question.',
  watch: 'Watch',

  takePart: 'Take part',
  takesPart: (p) => `You have come in as “${p.name}”.`,
  shownName: 'What to call you',
  shownNameHint: 'Everybody sees it; a nickname will do, such as “Zhou from the third floor”.',
  zone: 'Which part of the community do you live in?',
  noZone: 'I would rather not say',
  comeIn: 'Come in',
};
