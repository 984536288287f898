// English words for ../zh-CN/refusals.ts.
import { plural } from '#lib/messages/format.ts';
import type { refusals as zhCN } from '#lib/messages/zh-CN/refusals.ts';
import { stages as stageNames } from './stages.ts';

const phases: Record<string, string> = {
  draft: 'The meeting is still being prepared',
  convened: 'The meeting is convened and check-in has not begun',
  check_in: 'It is check-in time and the session has not begun',
  in_session: 'The meeting is in session',
  recess: 'The meeting is in recess',
  adjourned: 'The meeting is over',
  cancelled: 'The meeting is cancelled',
};

const stages: Record<string, string> = {
  moved: 'waits for a second',
  ready: 'has not been presented yet',
  presenting: 'is being presented',
  debating: 'is being debated',
  voting: 'is being voted on',
  decided: 'has been decided',
  withdrawn: 'has been withdrawn',
  referred: 'has been referred',
  passed: 'has been voted on',
};

const stageName = (stage: string): string => (stageNames as Record<string, string>)[stage] ?? stage;

const agendaFields: Record<string, string> = {
  itemId: 'repeats another item',
  title: 'has no title, or one that is too long',
  presenter: 'has a presenter that is too long',
  note: 'has a note that is too long',
  decides: 'does not say what is to be decided, or says too much',
  minutes: 'has a wrong time; write whole minutes',
  amountFen: 'has a wrong amount; it must be more than zero',
};

export const refusals: typeof zhCN = {
  'not-entitled': 'This step belongs to the chair, the secretary or whoever has that duty. Please signal to the chair.',
  'not-your-seat':
    'You can only act for your own seat. To act for somebody else, ask a helper at the desk to record it.',
  'wrong-phase': (p) =>
    `${phases[p.phase] ?? `The meeting’s phase is ${p.phase}`}, so this cannot be done now. Please wait for the chair to move on.`,
  'not-in-format':
    'A meeting of this kind has no such step. Please follow its agenda, or call a meeting of the kind that has it.',
  'unknown-item': 'This item was not found; the agenda may just have changed. Look at the newest agenda and try again.',
  'unknown-seat': 'This seat was not found. Check the roster or ask the secretary.',
  'unknown-motion':
    'This motion was not found; it may have been withdrawn. Look at the item under discussion and try again.',
  'unknown-poll': 'This vote was not found; it may be over. Look at the vote that is open on the screen.',
  'unknown-request':
    'This request was not found; it may have been withdrawn or dealt with. Look at the newest list and try again.',
  'unknown-amendment':
    'This amendment was not found; it may have been withdrawn. Look at the current motion and try again.',
  'unknown-proposal': 'This proposed change to the agenda was not found; it may have been dealt with already.',
  'unknown-question': 'This question was not found; it may have been taken down. Please reload the list.',
  'unknown-person': 'This person was not found. Check the name or ask the secretary to look at the roster.',
  'unknown-follow-up': 'This follow-up was not found; somebody may have changed it. Look again.',
  'owner-missing': 'Nothing is settled without an owner. Choose a person or name an office.',
  'day-missing': 'Nothing is settled without a due day, and not one before the meeting. Say by when.',
  'day-not-later': (p) => `An extension needs a day later than ${p.until}.`,
  'no-party':
    'Whoever sits without a vote states no position and signs nothing. The party has a representative for that.',
  'positions-missing': (p) =>
    `${p.missing} of the parties have not stated a position. They do so on their phones, then the item is concluded.`,
  'position-needs-words':
    'A reserve or an objection needs a sentence; it goes into the minutes. Write it and send again.',
  'already-concluded':
    'This item is concluded. To change it the secretary withdraws the conclusion first, with a reason.',
  'item-not-concluded':
    'This item has no conclusion. It is not left without an owner and a due day; what is not agreed is sent up.',
  'outcome-unfit':
    'What was found does not allow this answer: off the list it is declined or done for money, on the list taken on.',
  'not-agreed':
    'A party opposes, or the finding is unclear: the item is not agreed. Record the disagreement and send it up.',
  'follow-ups-open': (p) => `${p.open} follow-ups of this item have not been called done or extended. Say so for each.`,
  'items-left': (p) => `${p.left} items have no conclusion, so the page cannot be put. Conclude them first.`,
  'minutes-not-put': 'The page is not before the parties yet. Conclude every item, then the secretary puts it.',
  'minutes-put': 'The page is before the parties and does not change. To change it, take it back first, with a reason.',
  'minutes-changed': 'What you read is not the page that is put now, so nothing was signed. Look again, then sign.',
  'not-countersigned': (p) =>
    `${p.missing} of the parties have not countersigned, so the meeting cannot end. Where one will not, record why.`,
  'unknown-sheet': 'This sheet was not found; it may have been corrected. Please look at the newest one.',
  'text-missing': 'There is nothing written yet. Please fill it in and send again.',
  'text-too-long': (p) =>
    `You wrote ${p.length} characters and at most ${p.most} fit. Please shorten it; what you wrote is still here.`,
  'no-quorum': (p) =>
    `The quorum is ${p.needed} and ${p.present} are present; ${
      p.missing > 0 ? `${p.missing} more are needed` : `members of ${p.sectorsMissing} more sectors are needed`
    }. Please let those who are here check in, or wait for the others.`,
  'no-rules': 'No complete set of rules has been chosen. Choose one and check the marked fields.',
  'no-roster': 'The roster has no voting member yet. Enter the council’s members before sending the notice.',
  'no-agenda': 'The agenda has no item yet. Add at least one before sending the notice.',
  'agenda-changed': 'Somebody has just changed the agenda. Please check it once more.',
  'agenda-item-invalid': (p) =>
    `Agenda item ${p.item} ${agendaFields[p.field] ?? 'has something wrong in it'}. Please mend this item and try again; nothing else is lost.`,
  'short-notice': (p) =>
    `The rules ask for ${plural(p.needed, 'day')} of notice and this would be ${plural(p.days, 'day')}. Choose a later date, or give the reason, which everybody will see.`,
  'agenda-not-adopted': 'The agenda has not been adopted. The chair adopts it before the first item opens.',
  'agenda-already-adopted': 'The agenda has been adopted. To change it, propose a change.',
  'item-not-open': 'This item is not open. Please wait until the chair opens it.',
  'item-already-open':
    'This item has been opened or is done and can no longer be moved or removed. Go on with it, or choose another.',
  'item-has-open-motion':
    'A motion on this item is unfinished. Vote on it, announce the result or withdraw it before going on.',
  'seat-already-present': 'This seat has checked in already; nothing more is needed.',
  'seat-has-no-vote':
    'This seat has no vote, so it can neither give nor hold a proxy. Please choose a seat that votes.',
  'seat-not-present': 'This seat has not checked in, or has left. Check in first, then try again.',
  'seat-on-leave': 'This seat is on leave. If the member has come after all, check in at the desk.',
  'seat-taken-by-another': 'Somebody has checked in for this seat. If it was not you, please tell the desk.',
  'seat-requested-already':
    'You have picked a name and wait to be admitted. If it was the wrong one, please tell the desk.',
  'wrong-mode': 'That way of attending does not fit. Choose “In the hall” there, and “Remote” elsewhere.',
  'request-already-queued': 'You are in the queue already. Please wait to be called.',
  'speech-limit-reached': (p) =>
    `Each person may speak ${plural(p.limit, 'time')} on one motion and you have used them. You can hand your view to the secretary in writing.`,
  'someone-is-speaking': 'Somebody is speaking. Please wait for the end, or let the chair end the speech first.',
  'nobody-is-speaking': 'Nobody is speaking right now. Call a speaker first.',
  'timer-running': 'The clock is running already; nothing more is needed.',
  'timer-not-running': 'The clock is not running. Start it first.',
  'override-needs-reason':
    'Calling somebody out of order needs a reason, which everybody will see. Please write the reason.',
  'motion-already-open': 'One thing at a time: another motion is unfinished. Please wait for its result.',
  'motion-wrong-stage': (p) =>
    `This motion ${stages[p.stage] ?? `is at stage ${p.stage}`}, so this step cannot be done. Look at the next step on the screen.`,
  'motion-not-seconded': 'Nobody has seconded it yet. Please wait for another member to second it.',
  'own-motion': 'You cannot second your own motion or amendment; another member must.',
  'amendment-pending': 'An amendment has not been voted on. Vote on it first, then go on.',
  'amount-not-lower':
    'Without a vote the amount can only be reduced. Enter a smaller amount, or move an amendment instead.',
  'amount-invalid': 'The amount must be above zero with at most two decimals. Please enter it again.',
  'project-awarded':
    'This project was awarded already and is not voted on a second time. Change its amount on the project’s own page.',
  'owners-assembly-only':
    'By law the owners’ assembly decides this, and no vote can be held here. Print the referral letter for the owners’ committee.',
  'already-recused': 'This seat is recused from this motion already; nothing more is needed.',
  'not-recused': 'This seat is not recused from this motion, so there is nothing to lift.',
  recused: 'You are recused from this motion: you do not second, speak or vote on it. You still count as present.',
  'recusal-not-in-rules':
    'This meeting’s rules know no recusal. Tell the chair about your interest, and have it noted in the minutes.',
  'poll-already-open': 'A vote is still open. Close it first.',
  'poll-not-open':
    'This vote is not open, or has closed. Every ballot received before closing is counted; you can check it in the result.',
  'poll-not-closed': 'This vote is still open. Close it before announcing the result.',
  'poll-already-announced':
    'The result has been announced and cannot change. Correct a mistake with a correction; both results are kept.',
  'too-few-to-hide': (p) =>
    `Only ${p.voters} can vote and fewer than ${p.least} cannot hide their names. Please hold a named vote; void this one first if it is open.`,
  'not-in-electorate':
    'This seat was not among the voters when the vote opened and cannot take part in it. It can vote in the next one.',
  'choice-invalid': 'The ballot is not filled in correctly. Choose one of the listed options and send it again.',
  'second-person-needed': (p) =>
    `Sheets waiting for a second person: ${p.count}. Let the ballot monitor check them on another device, then try again.`,
  'sheet-already-settled': 'This sheet has been checked. Correct a mistake with a correction; both are kept.',
  'sheet-does-not-reconcile': 'The counts do not agree with the number of people. Count again, correct and send again.',
  'seat-voted-otherwise':
    'This seat has voted by another channel. A seat has one ballot; please settle first which one is valid.',
  'proxies-not-in-rules': 'This meeting’s rules allow no proxies. A member who cannot come may join remotely.',
  'unanswered-business': (p) =>
    `Unfinished matters: ${p.count}, such as motions not voted on or results not announced. Finish them, or tick that you know; the record will say so.`,
  'unknown-call': 'This funding vote was not found; it may have been withdrawn. Look at the newest list and try again.',
  'call-unsound': 'Something in this funding vote is not right. Check amounts, projects and limits, then try again.',
  'call-closed': 'Voting on these funds has begun, so they cannot change. Call this vote off first.',
  'unknown-rule': 'There is no such counting rule. Choose one from the list.',
  'rule-needs-points':
    'This rule weighs points and ticked ballots give none. Choose another rule, or ballots with points or a ranking.',
  'unknown-project': 'This project was not found; its number may have changed. Look at the newest list and try again.',
  'ballot-unsound': 'This ballot is not filled in rightly and was not counted. Check it and send it again.',
  'count-not-ready': 'The count is still under way. Wait a moment and announce the result when it is there.',
  'count-failed': 'This count gave no result to announce. Call the vote off and vote again under another rule.',
  'slip-on-paper':
    'The paper of this slip has been entered, so it cannot vote by phone any more. Please ask the staff.',
  'slip-voted':
    'This slip has voted by phone already, so no paper is entered for it. If they differ, find out first who voted.',
  'unknown-slip': 'This slip was not found. Check the code, or ask the staff for another.',
  'slip-revoked': 'This slip has been revoked and cannot vote. Ask the staff for a new one.',
  'command-malformed': 'What was sent could not be understood and nothing was done. Reload the page and try again.',
  'session-expired': 'You are signed out and this was not done. Sign in again; what was confirmed is safe.',
  'too-many-attempts': 'That was too often. Please wait a moment and try again.',
  'too-large': 'That is too large and was not sent. Shorten it or choose a smaller file.',
  'meeting-live': 'A meeting is in session, so this cannot be done now. Please try again after it ends.',
  'realm-mismatch': 'Practice and real meetings do not mix. Go back to the meeting you came from.',
  'already-done': 'This has been done already; nothing more is needed.',
  offline: 'There is no connection and this has not been done yet. Check the network and try again.',
  'server-failed':
    'The server could not do this and nothing was changed. Try again; if it still fails, tell the secretary.',
  'hearing-unfit':
    'Something about the hearing does not fit. Please check the seats and the order of the times, then send it again.',
  'enrolment-closed': 'Enrolment has closed. You can still watch, write and ask to speak.',
  'unknown-enrolment':
    'There is no such enrolment. The address may be mistyped; open it from the page you got when enrolling.',
  'contact-unfit': 'Please give a telephone number, digits only. It is not made public.',
  'unknown-group': 'There is no such group, it may have changed. Please load the page again.',
  'not-announced': 'The hearing has not been announced. Please announce it first.',
  'enrolment-open': 'Enrolment has not closed and its list is not sealed. Please wait until it has.',
  'public-value-early': 'The public number named in the notice is not known yet. Please draw when it is.',
  'draw-first': 'Its representatives have not been drawn. Please draw in public first, then convene.',
  'draw-broken':
    'The list or the secret does not fit what was locked in. Nothing was drawn. Leave everything as it is and call the supervisor.',
  'officers-missing': (p: { present: number; least: number }) =>
    `An odd number of hearing officers is needed, at least ${p.least}; ${p.present} are here. Please seat them first.`,
  'personal-number':
    'There is a telephone, identity or account number in it, so it was not sent. Please take it out, other people’s as well.',
  'verdict-missing': 'Please choose adopted, adopted in part, or not adopted.',
  'opinions-unanswered': (p: { count: number }) =>
    `${p.count} opinions are not answered. Please group and answer them, then publish the report.`,
  'opinions-closed': (p: { days: number }) =>
    `Opinions are taken for ${p.days} days after the hearing; that time is over.`,
  'report-frozen':
    'The report is frozen, so its answers stay as they are. To change one, open a new edition on the signing page, with a reason.',
  'report-unsigned': 'The report is not signed yet. Please freeze it, have it signed and complete it; then publish.',
  'unknown-meeting': 'This meeting was not found. Please check the six digits.',
  'unknown-stage': 'A meeting of this kind has no such stage. Reload the page and follow the stages on the screen.',
  'wrong-stage': (p) =>
    `This is the stage “${stageName(p.stage)}”, and that step belongs to another. Please look at the next step on the screen.`,
  'stage-back-needs-reason':
    'Going back to an earlier stage needs a reason that everybody reads. Write one and try again.',
  'unknown-participant': 'Nobody of that name has come in. Please write them down at the entrance first.',
  'participant-gone': 'They have left. When they come back, please write them down at the entrance again.',
  'not-your-part': 'You can only do this for yourself. For somebody without a phone, ask a helper at the desk.',
  'space-not-set-up': 'This open space has no theme and no tables yet. A host sets them up at the console first.',
  'space-unsound':
    'Something in the set-up is not right: names of tables differ, tables, rounds, minutes and dots are sensible whole numbers, links begin with http. Please correct it and save again.',
  'table-in-use': 'There is still a topic at this table or in this round. Move the topic first, then change it.',
  'unknown-topic':
    'This topic was not found; it may have been merged or withdrawn. Look at the newest wall and try again.',
  'unknown-table': 'There is no such table or round. Look at the newest wall and choose again.',
  'unknown-merge': 'This question about merging is already settled, so no answer is needed.',
  'topic-there-already':
    'The very same topic is on the wall already. Say that it interests you, or put yours in other words.',
  'too-many-topics': (p) => `There are ${p.most} topics already and no more fit. Please merge similar ones first.`,
  'not-convener': 'This is for the convener of the topic to agree to. Talk to the convener, or ask a host.',
  'all-topics-run':
    'At this meeting every topic gets a table, so none need be chosen. To choose, change the way of working first.',
  'topic-does-not-run':
    'This topic was not chosen or has been withdrawn, so it cannot go on the wall. Choose it first.',
  'cell-taken': (p) => `“${p.table}” already has a topic in round ${p.round}. Take a free cell, or exchange the two.`,
  'card-moved':
    'Somebody has just moved this card, so your move did not count. Look where it is now and move it from there.',
  'convener-twice': (p) =>
    `The convener already has a table in round ${p.round} and cannot be at two. Choose another round.`,
  'nothing-to-arrange':
    'There is nothing to arrange: everything is on the wall, or no cell suits what is left. Look at the topics beside the wall.',
  'table-full': (p) => `This table is full (${p.capacity} people). Go to another, or wait until somebody leaves.`,
  'round-over': 'This round has begun or is over, so this cannot be done any more. Look at the next round.',
  'round-running': 'A round is still running. End it first, then go on.',
  'round-not-running': 'No round is running, so there is nothing to end.',
  'round-out-of-order': 'Rounds follow one another. Please start the next one.',
  'round-empty': 'There is no topic in this round yet. Put topics on the wall first.',
  'dots-open': 'The dots have been handed out. Count them first, then do this.',
  'dots-not-open': 'There is no dot voting now. Wait until a host opens it, or look at the result.',
  'too-many-dots': (p) =>
    `Too many dots: ${p.most} in all at most, and ${p.mostEach} on one topic. Take some back and hand in again.`,
  'paper-dots-do-not-add-up': (p) =>
    `The dots on paper do not add up: they come to ${p.counted} and should be ${p.expected}. Count again, and enter the unused ones too.`,
  'dots-do-not-reconcile':
    'More people would have voted than are here; somebody may be counted twice. Compare phones and paper.',
  'unknown-commitment': 'This commitment was not found; it may have been taken back. Look at the newest list.',
  'day-unfit': 'The day is not right. Choose a day that is in the calendar.',
};
