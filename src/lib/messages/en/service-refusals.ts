// Why something about needs, micro-wishes, plans and projects is refused, in English: part of the office's refusals, said by the server.
// Keyed by ServiceRefusalReason.
import { formatYuan } from '#lib/messages/format.ts';

/** What a transition of a project records, as the desk's form calls it. */
export const recordNames: Readonly<Record<string, string>> = {
  deliberatedOn: 'day of the deliberation',
  where: 'where it was deliberated',
  approvedFen: 'amount approved',
  meeting: 'which meeting',
  for: 'for',
  against: 'against',
  abstain: 'abstaining',
  publicFrom: 'first day of publicity',
  publicUntil: 'last day of publicity',
  channel: 'where it is posted',
  contractNumber: 'number of the contract',
  signedOn: 'day of signing',
  signedBy: 'who signed',
  startedOn: 'first day of work',
  score: 'mark',
  reviewedOn: 'day of the review',
  rectifyBy: 'to be put right by',
  completedOn: 'day of completion',
  result: 'what was achieved',
  issued: 'forms issued',
  returned: 'forms returned',
  valid: 'valid forms',
  void: 'void forms',
  opinions: 'with an opinion',
  satisfied: 'satisfied or fairly so',
  putRightOn: 'day it was put right',
  closedOn: 'day of closure',
};

export const planParts: Readonly<Record<string, string>> = {
  need: 'need',
  goals: 'goals',
  schedule: 'schedule',
  budget: 'budget',
};

export const serviceRefusals = {
  'need-title-missing': (p: { most: number }) =>
    `Please say what is needed in one sentence of at most ${p.most} characters.`,
  'need-category-unknown': () => 'Please choose one of the categories in the list.',
  'need-not-open-here': () =>
    'This cannot be done with the need as it stands now; somebody may just have seen to it. Please reload the page.',
  'need-reply-missing': (p: { most: number }) =>
    `Please say where it goes and why; whoever asked reads it. At most ${p.most} characters.`,
  'need-merged-already': () => 'This need goes on inside another one. Please see to it there.',
  'need-merge-circle': () =>
    'A need cannot be merged into itself, nor into one that goes on inside it. Please choose another.',
  'need-merge-target-gone': () =>
    'The need to merge into was not found; it may just have been closed. Please reload and choose again.',
  'need-not-routed': () => 'Please choose where this need goes first.',
  'need-nothing-to-undo': () => 'There is no step to take back. Please see to the need anew instead.',
  'need-has-merged-ones': () => 'Other needs go on inside this one. Please see to them first.',
  'need-served-by-project': () => 'A project already serves this need. Please see to it there.',
  'too-many-needs': (p: { most: number }) =>
    `This device has left ${p.most} needs today. Please come back tomorrow, or ask at the desk.`,
  'collection-days-unfit': () => 'Please fill in the first and the last day; the last cannot come before the first.',
  'collection-categories-missing': (p: { most: number }) =>
    `Please write at least one category; at most ${p.most} categories and posting points.`,
  'photo-unfit': () => 'This photograph cannot be read. Please choose a JPG or PNG, or send the need without one.',
  'photos-enough': (p: { most: number }) => `At most ${p.most} photographs a table: please delete one first.`,
  'photo-too-large': (p: { megabytes: number }) =>
    `The photograph is too large: at most ${p.megabytes} MB. Or send the need without one.`,
  'wish-cap-unfit': (p: { yuan: number }) =>
    `A micro-wish costs from 0 to ${p.yuan} yuan; write 0 where only somebody\'s time is needed.`,
  'wish-not-open': () => 'Somebody has claimed this wish already. Thank you: please look at the others.',
  'wish-not-claimed': () => 'Nobody has claimed this wish yet. Please note down the giver first.',
  'wish-not-fulfilled': () => 'A wish is rated once, after it came true.',
  'wish-over-cap': (p: { yuan: number }) =>
    `No more than ${p.yuan} yuan may be spent on this wish. Please check the receipt.`,
  'rating-unfit': () => 'Please choose from 1 to 5.',
  'contact-missing': () => 'Please leave a name and how to reach you; only the office reads it.',
  'plan-part-missing': (p: { part: string | number }) =>
    `The plan still lacks its part ${planParts[p.part] ?? p.part}; all four are needed to submit it.`,
  'plan-phase-days': (p: { n: number }) =>
    `Line ${p.n} of the schedule is not complete: a name, a first and a last day in order.`,
  'plan-amount-unfit': (p: { n: number }) =>
    `Line ${p.n} of the budget is not complete: what for, and an amount above 0, to the fen.`,
  'plan-too-long': (p: { most: number }) =>
    `That is too much: at most ${p.most} characters or lines here. Please shorten it.`,
  'plan-frozen': () => 'The plan is before the council and cannot be changed. Please ask the secretary.',
  'plan-unchanged': () => 'The plan is the same as the last version; there is nothing new to submit.',
  'project-deed-out-of-turn': () =>
    'The project is not at this step, or past it. Please reload the page and see what comes next.',
  'project-why-missing': (p: { most: number }) =>
    `Please give the reason; it is kept with who and when. At most ${p.most} characters.`,
  'project-record-missing': (p: { field: string | number }) =>
    `Please fill in what is missing: ${recordNames[p.field] ?? p.field}.`,
  'project-record-unfit': (p: { field: string | number }) =>
    `This is not filled in right: ${recordNames[p.field] ?? p.field}. Please check days, numbers and length.`,
  'project-no-version': () => 'No plan has been submitted yet. Please write its four parts and submit it.',
  'project-checks-open': (p: { open: number }) =>
    `Questions of the pre-check still without an answer: ${p.open}. Please answer each.`,
  'project-checks-failed': (p: { failed: number }) =>
    `Questions of the pre-check answered with no: ${p.failed}. Please have the plan changed and submitted again.`,
  'project-scores-missing': () => 'Experts and residents must both have given marks. Please enter them first.',
  'project-owners-assembly': () =>
    "This belongs to the owners' assembly and cannot be approved here. Please print the letter of referral.",
  'project-owners-undecided': () =>
    "The project touches the owners' common parts: their own decision must be on file before the contract.",
  'project-publicity-short': (p: { days: number; least: string | number }) =>
    `The rules ask for ${p.days} days of publicity: its last day is ${p.least} at the earliest.`,
  'project-in-publicity': (p: { until: string | number }) =>
    `The publicity is not over: it lasts until ${p.until}. Please wait until then.`,
  'project-objections-open': (p: { open: number }) =>
    `Objections still without an answer: ${p.open}. Please answer each first.`,
  'project-no-organisation': () =>
    'Who carries the project out is not filled in yet. Please add it before the contract.',
  'approved-over-asked': () => 'The amount approved is above 0 and at most what was asked for. Please check it.',
  'project-no-award': () =>
    'The books hold no award for this project, so it cannot be contracted. Book one for it at the desk of the fund first.',
  'project-award-differs': (p: { reservedFen: number; approvedFen: number }) =>
    `The books hold ${formatYuan(p.reservedFen)} for this project and ${formatYuan(p.approvedFen)} was approved. Please check the books first.`,
  'project-no-envelope': () => 'Please choose the category it is paid from.',
  'reduction-unfit': (p: { approvedFen: number }) =>
    `The reduced amount is above 0 and below the ${formatYuan(p.approvedFen)} approved now. It can go down, never up.`,
  'appraisal-figures': () =>
    'The figures do not reconcile: valid and void make up what was returned, not more than was issued. Please check.',
  'score-unfit': () => 'Marks are whole numbers from 0 to 100, with the name of who gave them.',
  'objection-closed': () =>
    "The publicity is over and takes no more objections. Please speak to the residents' committee.",
  'objection-answered': () => 'This objection has been answered; an answer is not changed.',
  'publish-not-adjourned': () => 'The meeting has not been adjourned yet; results are published after that.',
  'publish-nothing': () => 'No result was announced at this meeting, so there is nothing to publish.',
  'publish-stands-already': () =>
    'This meeting has been published already. To change it, withdraw the notice first and then publish anew.',
  'publish-unsigned': () =>
    'The minutes are not signed to completion. Freeze them and have them signed as the rule asks, then publish the decision.',
  'publish-decision-instead': () => 'The minutes are signed: publish the decision itself.',
  'publish-results-not-allowed': () =>
    'The rules of this meeting allow no notice of results before the minutes are signed. Have them signed first.',
  'publish-days-unfit': () =>
    'The days do not fit: not before today, the last not before the first, and a year at the most.',
  'publish-days-short': (p: { days: number; until: string | number }) =>
    `The rules ask for ${p.days} days at least: the last day cannot be before ${p.until}.`,
  'publish-names-somebody': (p: { name: string | number; what: string | number }) =>
    p.what === 'phone'
      ? `The text holds the registered telephone number of ${p.name}, which is not public. Give the office's number instead.`
      : `The text names “${p.name}”, who has not agreed to that. Write the office or “a member” instead.`,
  'publish-title-missing': () => 'Please give the notice a title.',
  'publish-contact-missing': () => 'Please say who takes objections, where, and by which telephone.',
  'publish-too-long': (p: { most: number }) => `That is too long: ${p.most} characters at the most.`,
  'publish-withdrawn': () => 'This notice has been withdrawn and can no longer be changed.',
  'publish-why-missing': (p: { most: number }) =>
    `Please say why it is withdrawn; everybody will read it. ${p.most} characters at the most.`,
  'appraisal-answer-missing': () => 'Choose one: satisfied, fairly satisfied, dissatisfied, or do not know.',
  'appraisal-mark-unfit': () => 'Each mark is a whole number from 1 to 5, or left out. Change it and send again.',
  'appraisal-comment-long': (p: { most: number }) =>
    `Keep the comment within ${p.most} characters. What you wrote is still here.`,
  'appraisal-slip-unknown': () =>
    'This appraisal slip was not found. Check the eight signs printed on it; if it was called back, ask the staff for another.',
  'appraisal-slip-used': () => 'This slip has been used. One slip is good for one form.',
  'appraisal-not-open': () => 'This appraisal takes no forms now. See the time on the notice, or ask the staff.',
  'appraisal-not-drafted': () =>
    'This appraisal has started and cannot be withdrawn. Take the forms in, then announce it.',
  'appraisal-not-closed': () => 'Close the appraisal first, then announce its result.',
  'appraisal-entries-differ': (p: { n: number }) =>
    `The two entries differ in ${p.n} places. Compare with the paper; if the first was wrong, take it back and enter both again.`,
  'appraisal-second-person': () =>
    'A paper form is entered by two people. Ask a colleague to enter it the second time.',
  'appraisal-entries-open': (p: { open: number }) =>
    `${p.open} paper forms were entered only once. Have a second person enter them, or take them back, before closing.`,
  'appraisal-too-few': () =>
    'Fewer forms are valid than the rules ask, so there is no verdict. Give out slips and appraise again.',
  'appraisal-terms-unfit': () =>
    'Name at least one group; at most 30 groups and 10 items, each within 30 characters and named once; the line lies between 0 and 100 %, the least number of valid forms is a positive whole number.',
  'appraisal-no-slips': () => 'No slips have been issued yet. Make and print them first.',
  'appraisal-underway': () => 'One appraisal of this project has not been announced yet. Finish it first.',
  'list-head-unfit': () =>
    'Counts are whole numbers and the day checked reads like 2026-05-08. Change it and save again.',
  'list-basis-missing': (p: { most: number }) => `Say where the list comes from, within ${p.most} characters.`,
  'list-item-unfit': () =>
    'An item has a code within 30, a category within 40 and words within 200 characters. Complete it and save again.',
  'task-sender-missing': (p: { most: number }) => `Say who asks, within ${p.most} characters.`,
  'task-text-missing': (p: { most: number }) => `Say what the community is asked to do, within ${p.most} characters.`,
  'task-money-unfit': () =>
    'An amount is more than 0, such as 3000; leave it empty where no money comes. Change it and send again.',
  'day-unfit': () => 'The day is not right, or is past. Write it like 2026-05-25.',
  'finding-item-missing': () => 'To find it on the list, choose the item. Choose it and save again.',
  'finding-reason-missing': () => 'To find it off the list or unclear, give a reason. Write it and save again.',
  'task-answer-unfit': () =>
    'What was found does not allow this answer: off the list it is declined or done for money, on the list it is taken on, unclear it is sent up.',
  'task-no-letter': () => 'Only a task that was declined or asked money for has a letter. Decide its answer first.',
  'letter-missing': (p: { most: number }) => `The letter has words, within ${p.most} characters.`,
  'letter-confirmed': () =>
    'The chair has confirmed this letter and it is not changed. Answer the task anew to draft another.',
  'follow-up-text-missing': (p: { most: number }) => `Say what is to be done, within ${p.most} characters.`,
  'follow-up-owner-missing': (p: { most: number }) =>
    `Without an owner there is no follow-up. Choose a person or name an office within ${p.most} characters.`,
  'follow-up-day-missing': () => 'Without a due day there is no follow-up. Say by when.',
  'follow-up-day-not-later': (p: { until: string }) => `An extension needs a day later than ${p.until}.`,
  'follow-up-note-missing': () => 'Write a word: how it was done, or why it is extended, dropped or reopened.',
  'follow-up-open': () => 'This is still under way and needs no reopening. Look again.',
  'follow-up-closed': () => 'This is done or dropped. Reopen it first.',
  'feedback-personal-number': () =>
    'There is a telephone, identity or account number in it that others could read. Please take it out; how to reach you has a field of its own.',
  'feedback-text-missing': (p: { most: number }) => `Write your opinion or suggestion, within ${p.most} characters.`,
  'feedback-handler-missing': (p: { most: number }) => `Say whom it is handed to, within ${p.most} characters.`,
  'feedback-answer-missing': (p: { most: number }) =>
    `Write an answer within ${p.most} characters. Its author reads it.`,
  'feedback-answered': () => 'This has been answered. To add something, answer once more.',
  'too-much-feedback': (p: { most: number }) =>
    `${p.most} came from here today. Please go on tomorrow; for anything urgent ask at the desk.`,
};
