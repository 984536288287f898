// The office's refusals in English; has exactly the keys of the Chinese ones.
import { formatYuan, plural } from '#lib/messages/format.ts';
import type { officeRefusals as chinese } from '#lib/messages/zh-CN/office-refusals.ts';
import { minutesRefusals } from './minutes-refusals.ts';
import { serviceRefusals } from './service-refusals.ts';

export const officeRefusals: typeof chinese = {
  ...serviceRefusals,
  ...minutesRefusals,
  'wrong-name-or-password': () =>
    'Login name or password is wrong. Please check and try again; community staff can give you a new password in person.',
  'too-many-wrong-passwords': (p) =>
    `Too many wrong attempts for this login name. For safety please wait ${plural(p.minutes, 'minute')}. If it is urgent, use a passkey or a printed slip, or ask staff for a new password in person.`,
  'session-expired': () =>
    'You are no longer signed in and nothing has been saved yet. Sign in again in a new window, then come back to this page and send it: what you typed is still here.',
  'not-allowed': () => 'You may not do this. Please contact the community secretary if you need to.',
  'password-too-short': (p) =>
    `The password is too short: use at least ${p.least} characters. A sentence you can remember is fine.`,
  'password-too-long': (p) => `The password is too long: use at most ${p.most} characters.`,
  'password-same-as-name': () => 'The password must not be the same as the login name. Please choose another.',
  'old-password-wrong': () => 'The current password is wrong. Please type it again.',
  'login-name-unfit': () =>
    'Use 2 to 32 Chinese characters, small letters or digits for the login name; dots, dashes and underscores may stand between them.',
  'login-name-taken': (p) => `The login name "${p.loginName}" is taken. Please choose another.`,
  'already-has-account': () => 'This person already has an account. You can give them a new password.',
  'no-account': () => 'This person has no account yet. Please open one first.',
  'passkey-not-recognised': () =>
    'The passkey was not recognised. Please try again, or use a password or a printed slip.',
  'passkey-known-already': () => 'This passkey is registered already.',
  'last-way-in': () => 'This is the only way you can sign in. Please set a password first.',
  'slip-unknown': () => 'There is no such slip. Please check the 8 characters, or ask staff to print a new one.',
  'slip-revoked': () => 'This slip is no longer valid. Use the one printed last, or ask staff to print a new one.',
  'slip-used': () =>
    'This slip has been used on another device. A slip is for one device only: ask staff to print another, or go to the check-in desk.',
  'name-missing': () => 'The name is missing. Please fill it in.',
  'text-too-long': (p) => `The text is too long: at most ${p.most} characters.`,
  'name-taken': (p) => `"${p.name}" exists already. Please choose another name.`,
  'not-there': () => 'It is not there; somebody may just have changed it. Please reload the page and try again.',
  'birth-month-unfit': (p) => `The birth month "${p.typed}" is not clear. Please write it like 1958-03.`,
  'number-unfit': (p) => `Please enter a number from ${p.least} to ${p.most}.`,
  'still-has-groups': (p) => `This zone still has ${plural(p.groups, 'building group')}. Please remove them first.`,
  'still-has-seats': (p) =>
    `This sector has ${plural(p.seats, 'seat')} on record and cannot be removed. You can rename it or change its number of seats.`,
  'person-has-seat': () => 'This person already has a seat; one person holds one seat.',
  'seat-ended': () => 'This seat has ended and cannot be changed. Please reload the page.',
  'no-vacant-seat': (p) => `All ${p.seats} seats of "${p.sector}" are held. Add seats or end one first.`,
  'fewer-seats-than-held': (p) =>
    `${plural(p.held, 'person', 'people')} sit in this sector: it cannot have fewer seats. End a seat first.`,
  'last-secretary': () =>
    'This is the only person of the office who can sign in; without them nobody could manage the community. First give somebody else an account and make them secretary or chair.',
  'confirmation-differs': () =>
    'The name typed to confirm differs from this person’s name. Nothing was erased; please type it exactly.',
  'roster-empty': () => 'There is nothing in the roster. Paste a table, or choose an .xlsx file with rows in it.',
  'file-unreadable': () =>
    'The file cannot be opened. Save it as .xlsx and try again, or copy the table and paste it into the box.',
  'file-too-large': (p) => `The file is too large: at most ${p.kilobytes} KB. Keep only the roster sheet.`,
  'term-has-roster': () =>
    'This term already has a roster; the last one cannot be copied over it. Please change the present one.',
  'rules-unfit': () =>
    'The rules are not complete; please check the marked field. Shares are fractions of at most 1; days and times are whole numbers.',
  'rules-retired': () => 'These rules have been changed or retired. Go back to the list and open the newest version.',
  'already-set-up': () => 'This installation has been set up already. Please sign in.',
  'amount-unfit': () =>
    'An amount is more than 0 and has at most two decimals, like 1200 or 1200.50. Please correct it and send again.',
  'over-envelope': (p) =>
    `Only ${formatYuan(p.roomFen)} is left in this category, not ${formatYuan(p.amountFen)}. Reduce the amount, or have the ceiling changed first.`,
  'over-pool': (p) =>
    `Only ${formatYuan(p.poolFen)} is left in the pool, not ${formatYuan(p.amountFen)}. Reduce the amount, or wait for new money.`,
  'over-reserved': (p) =>
    `Only ${formatYuan(p.reservedFen)} is not yet under contract, so ${formatYuan(p.amountFen)} cannot be given back. Please check the amount.`,
  'over-paid': (p) =>
    `Only ${formatYuan(p.paidFen)} of this tranche is paid and not yet recovered, not ${formatYuan(p.amountFen)}. Please check the amount.`,
  'ceiling-below-used': (p) =>
    `This category uses ${formatYuan(p.usedFen)} already, so its ceiling cannot be ${formatYuan(p.capFen)}. Give a ceiling that is not lower.`,
  'books-unbalanced': () =>
    'This booking does not balance and was not made. Reload the page and try again; if it happens again, tell whoever runs the system.',
  'account-overdrawn': () =>
    'This booking would overdraw an account and was not made. Reload the page and look at the balance first.',
  'plan-unfit': (p) =>
    `The tranches are not complete: each needs a name and a whole share above 0, at most ${p.most} of them, and each gets at least one fen.`,
  'already-contracted': () => 'This award is under contract already. Please pay its tranches below.',
  'nothing-to-contract': () =>
    'This award has nothing to contract; it may have gone back to the pool. Please reload the page and check.',
  'owners-undecided': () =>
    "This award touches the owners' common parts. Put the owners' own decision on file first, then contract it.",
  'award-of-project': () =>
    'This award belongs to a service project. Its contract, reductions and releases are recorded at the project, so that project and books agree.',
  'project-being-put-right': () =>
    'The project is being put right. Its money goes on by itself once that is recorded, and not before.',
  'tranche-waits-for-step': () =>
    'This tranche becomes due by itself when the project takes the agreed step. Nothing else has to be recorded.',
  'tranche-not-due': () =>
    'The condition of this tranche is not recorded yet. Record what shows that it is met, then pay.',
  'tranche-out-of-turn': (p) =>
    `Tranche ${p.earlier} is neither paid nor settled, so a later one cannot be paid. Please settle tranche ${p.earlier} first.`,
  'tranche-not-waiting': () =>
    'Nothing of this tranche waits to be paid; it may be paid, frozen or given back. Please reload the page and check.',
  'tranche-not-frozen': () => 'This tranche is not frozen. Please reload the page and check.',
};
