// The structured part of a record, read from a meeting's folded state as its hosts see it: who came, what was moved, what was counted. No text
// is made up here; words of the log whose text was erased are left out. Called by freezing, inside its transaction.
import { consensusIn } from '#lib/domain/meeting/consensus.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { followUpsIn } from '#lib/domain/meeting/follow-ups.ts';
import { publishedAttendance } from '#lib/domain/meeting/published.ts';
import { holderOf, presenceOf, quorumOf } from '#lib/domain/meeting/attendance.ts';
import type { Motion } from '#lib/domain/meeting/motion-state.ts';
import type { Poll, PollResult } from '#lib/domain/meeting/poll-state.ts';
import type { Role } from '#lib/domain/meeting/roles.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import type { Words } from '#lib/domain/meeting/words.ts';
import type { Figures, Inline, MinutesRecord, Result } from '#lib/domain/minutes/record.ts';
import type { SignerAtMeeting } from '#lib/domain/minutes/signing.ts';
import { countedPolls } from './archive-files.ts';
import type { Persons } from './persons.ts';

type Parts = Pick<MinutesRecord, 'agenda' | 'attendance' | 'motions' | 'results'>;

/** Keys whose value says nothing are left out: a record has no null. */
function present<T extends object>(value: T): { [Key in keyof T]: Exclude<T[Key], null | undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null && item !== undefined)) as never;
}

export const officerOf = (state: MeetingState, role: Role): string | null =>
  Object.values(state.people).find(({ roles }) => roles.includes(role))?.personId ?? null;

export function partsOf(state: MeetingState, persons: Persons, ballots: ReadonlyMap<string, string>): Parts {
  const said = (words: Words | null | undefined): Inline[] => persons.mentioning(words?.text ?? '');
  const saidOrNone = (words: Words | null | undefined): Inline[] | null => (words?.text ? said(words) : null);
  const seat = (seatId: string): number => persons.of(state.seats[seatId]?.personId ?? '');
  const seatOrNone = (seatId: string | null | undefined): number | null => (seatId ? seat(seatId) : null);

  const { expected, came, onLeave, absent } = publishedAttendance(state);
  const attendance: MinutesRecord['attendance'] = {
    ...{ expected, came, onLeave, absent },
    quorumNeeded: quorumOf(state).needed,
    seats: state.seatOrder.map((seatId) => {
      const { sectorId = '', title = '', voting = false } = state.seats[seatId] ?? {};
      const presence = presenceOf(state, seatId);
      const here = state.attendance.bySeat[seatId];
      return present({
        person: seat(seatId),
        sector: state.sectors.find((sector) => sector.sectorId === sectorId)?.name ?? '',
        title,
        voting,
        status: presence?.status ?? ('absent' as const),
        movements: (here?.movements ?? []).map(({ what, at }) => ({ what, at })),
        mode: presence && 'mode' in presence ? presence.mode : null,
        way: here?.way,
        proxy: seatOrNone(holderOf(state, seatId)),
      });
    }),
  };

  const figuresOf = (result: PollResult): Figures =>
    present({
      counts: result.counts,
      base: result.base,
      threshold: result.threshold,
      present: result.present,
      quorumNeeded: result.quorumNeeded,
      electorate: result.electorate,
      voted: result.voted,
      spoiled: result.spoiled,
      notVoted: result.notVoted,
      recused: result.recusedSeatIds.map(seat),
      channels: result.channels,
      outcome: result.outcome,
    });

  const resultOf = ({ frame, result, superseded, openedAt, closedAt, announcedAt }: Poll): Result[] => {
    if (!result) return [];
    const outcome = state.allocations.outcomes[frame.pollId];
    return [
      present({
        pollId: frame.pollId,
        kind: frame.kind,
        subject: frame.subject.kind,
        question: said(frame.question),
        method: frame.method,
        secrecy: frame.secrecy,
        openedAt,
        closedAt: closedAt ?? 0,
        announcedAt: announcedAt ?? 0,
        figures: figuresOf(result),
        ballots: ballots.get(frame.pollId) ?? '',
        superseded: superseded.map((old) => ({ figures: figuresOf(old.result), reason: said(old.reason), at: old.at })),
        motionId: 'motionId' in frame.subject ? frame.subject.motionId : null,
        funded:
          outcome?.kind === 'counted'
            ? outcome.counts.map(({ chamber, ballots: many, winners, costFen, remainderFen, fileDigest }) => ({
                ...{ chamber, ballots: many, winners: [...winners], costFen, remainderFen, fileDigest },
              }))
            : null,
      }),
    ];
  };

  const outcomeOf = ({ stage, outcome }: Motion): MinutesRecord['motions'][number]['outcome'] =>
    stage === 'withdrawn' || stage === 'referred' ? stage : (outcome ?? 'open');

  return {
    agenda: state.agenda.items.map((item) => {
      const progress = state.agenda.progress[item.itemId];
      return present({
        itemId: item.itemId,
        kind: item.kind,
        title: said(item.title),
        minutes: item.minutes,
        done: progress?.status === 'done',
        presenter: saidOrNone(item.presenter),
        openedAt: progress?.openedAt,
      });
    }),
    attendance,
    motions: state.motions.order.flatMap((motionId) => {
      const motion = state.motions.byId[motionId];
      if (!motion) return [];
      return [
        present({
          motionId,
          itemId: motion.itemId,
          title: said(motion.title),
          outcome: outcomeOf(motion),
          ownersMatter: motion.ownersMatter,
          contractLocked: motion.contractLocked,
          recusals: Object.entries(motion.recusals).map(([seatId, { declaredByMember }]) => ({
            person: seat(seatId),
            declaredByMember,
          })),
          amendments: motion.amendments.map((each) =>
            present({
              text: said(each.text),
              outcome: each.outcome ?? ('open' as const),
              mover: seatOrNone(each.moverSeatId),
              seconder: seatOrNone(each.seconderSeatId),
              amountFen: each.amountFen,
            }),
          ),
          reductions: motion.reductions.map(({ fromFen, toFen }) => ({ fromFen, toFen })),
          pollIds: [...motion.pollIds],
          text: saidOrNone(motion.text),
          mover: seatOrNone(motion.moverSeatId),
          seconder: seatOrNone(motion.seconderSeatId),
          amountFen: motion.amountFen,
          originalAmountFen: motion.originalAmountFen,
          renewsMotionId: motion.renewsMotionId,
          closingReason: saidOrNone(motion.closingReason),
          projectId: motion.projectId,
        }),
      ];
    }),
    results: countedPolls(state).flatMap(resultOf),
  };
}

/**
 * What was decided, in the order of the log: motions carried, by their last announced result; what parties concluded; and what somebody owes by a
 * day, as the meeting left it. `seq` is the entry that says so.
 */
export function decisionsOf(
  state: MeetingState,
  events: readonly MeetingEvent[],
  persons: Persons,
): MinutesRecord['decisions'] {
  const { set, settled } = followUpsIn(state);
  const { conclusions } = consensusIn(state);
  const concluded = new Set(Object.values(conclusions).flatMap(({ followUpId }) => followUpId ?? []));
  const owing = (ownerPersonId: string | null, owner: Words | null, dueOn: string | null) => ({
    owners: ownerPersonId === null ? [] : [persons.of(ownerPersonId)],
    ownerWords: ownerPersonId === null && owner?.text ? persons.mentioning(owner.text) : null,
    dueOn,
  });
  /** Later entries on the same matter take the place of earlier ones. */
  const decided = new Map<string, MinutesRecord['decisions'][number]>();
  const put = (key: string, decision: { [Key in keyof MinutesRecord['decisions'][number]]?: unknown }) => {
    decided.delete(key);
    decided.set(key, present(decision) as MinutesRecord['decisions'][number]);
  };
  for (const event of events) {
    const { seq } = event;
    if (event.type === 'ResultAnnounced' || event.type === 'ResultSuperseded') {
      const frame = state.polls.byId[event.payload.pollId]?.frame;
      const motion = frame?.subject.kind === 'motion' ? state.motions.byId[frame.subject.motionId] : undefined;
      if (frame?.kind !== 'formal' || motion?.outcome !== 'passed') continue;
      const { motionId, itemId, amountFen } = motion;
      const text = persons.mentioning(motion.title.text ?? '');
      put(motionId, { seq, text, owners: [], itemId, motionId, amountFen });
    } else if (event.type === 'ItemConcluded') {
      const { itemId } = event.payload;
      const conclusion = conclusions[itemId];
      if (!conclusion) continue;
      const { text, amountFen, ownerPersonId, owner, dueOn } = conclusion;
      const title = state.agenda.items.find((item) => item.itemId === itemId)?.title.text ?? '';
      const said = persons.mentioning([title, text?.text ?? ''].filter((part) => part !== '').join('：'));
      put(itemId, { seq, text: said, itemId, amountFen, ...owing(ownerPersonId, owner, dueOn) });
    } else if (event.type === 'FollowUpSet' && !concluded.has(event.payload.followUpId)) {
      const { followUpId } = event.payload;
      const followUp = set.find((each) => each.followUpId === followUpId);
      if (!followUp) continue;
      const { text, itemId, ownerPersonId, owner } = followUp;
      const dueOn = settled[followUpId]?.dueOn ?? followUp.dueOn;
      const said = persons.mentioning(text.text ?? '');
      put(followUpId, { seq, text: said, itemId, ...owing(ownerPersonId, owner, dueOn) });
    }
  }
  return [...decided.values()];
}

/** [T4] Everybody the rule may ask. A vacant chair or secretary is nobody's condition. */
export function signersOf(state: MeetingState, persons: Pick<Persons, 'of'>): SignerAtMeeting[] {
  return Object.values(state.people).flatMap(({ personId, roles, seatId }): SignerAtMeeting[] => {
    const seat = seatId === null ? undefined : state.seats[seatId];
    const officer = roles.includes('chair') || roles.includes('secretary');
    if (!seat && !officer) return [];
    const sector = state.sectors.find(({ sectorId }) => sectorId === seat?.sectorId);
    const movements = seat ? (state.attendance.bySeat[seat.seatId]?.movements ?? []) : [];
    return [
      {
        person: persons.of(personId),
        isChair: roles.includes('chair'),
        isSecretary: roles.includes('secretary'),
        came: (seat?.voting ?? false) && movements.some(({ what }) => what === 'arrived'),
        group: sector ? { id: sector.sectorId, name: sector.name } : null,
      },
    ];
  });
}
