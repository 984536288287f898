// Script 6.1 of a council session, from the dataset's figures: who does what in which order. Pure: it holds no sockets and no clock.
// Each step says when it is done, so a visitor who takes somebody's place may do it by hand and the rest goes on.
import { presenceOf } from '#lib/domain/meeting/attendance.ts';
import { speakingQueue } from '#lib/domain/meeting/floor-order.ts';
import type { Stance } from '#lib/domain/meeting/floor.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { additions, dataset, type DemoRef } from '#lib/server/demo/dataset.ts';
import { chair, helper, monitor, secretary, type PracticeScript, type Step } from './step.ts';

const onPaper: DemoRef = 'M07';
const assisted: DemoRef = 'M10';
const dropping: DemoRef = 'M09';

/** The words of the script are the demo's, like its people. */
const said = additions.script;
const members = dataset.council.members;
export const presentRefs: readonly DemoRef[] = members
  .filter(({ meeting1_attendance: at }) => at === 'onsite' || at === 'remote')
  .map(({ id }) => id);

interface Votes {
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
}

/** Who votes how, so that the sums are the dataset's: the same for everybody who plays it. */
function choicesOf(eligible: readonly DemoRef[], votes: Votes, turn: number): Record<DemoRef, string> {
  const choices: Record<DemoRef, string> = {};
  eligible.forEach((_, index) => {
    const ref = eligible[(index + turn * 7) % eligible.length] ?? '';
    choices[ref] = index < votes.for ? 'for' : index < votes.for + votes.against ? 'against' : 'abstain';
  });
  return choices;
}

const motionOf = (state: MeetingState) =>
  state.motions.currentId === null ? undefined : state.motions.byId[state.motions.currentId];

const debating = (state: MeetingState): boolean => motionOf(state)?.stage === 'debating';
const closedPollId = (state: MeetingState): string | undefined =>
  [...state.polls.order].reverse().find((pollId) => state.polls.byId[pollId]?.stage === 'closed');

function* arrivals(): Generator<Step> {
  yield {
    name: 'open-check-in',
    by: secretary,
    pauseMs: 500,
    deed: (state) => (state.phase === 'convened' ? { kind: 'act', command: { type: 'openCheckIn' } } : null),
  };
  for (const { id, meeting1_attendance: at, note } of members) {
    if (at === 'leave')
      yield {
        name: 'record-leave',
        by: secretary,
        pauseMs: 300,
        deed: (state, { seats }) =>
          presenceOf(state, seats[id] ?? '') === null
            ? { kind: 'act', command: { type: 'recordLeave', seatId: seats[id] ?? '', reason: note ?? '' } }
            : null,
      };
    if (at !== 'onsite' && at !== 'remote') continue;
    const byHelper = id === onPaper || id === assisted;
    yield {
      name: byHelper ? 'sign-in-for' : 'take-seat',
      by: byHelper ? helper : id,
      pauseMs: 250,
      deed: (state, { seats }) => {
        const seatId = seats[id] ?? '';
        if (presenceOf(state, seatId)?.status === 'present') return null;
        const mode = at === 'remote' ? 'remote' : 'hall';
        return { kind: 'act', command: { type: 'takeSeat', seatId, mode, way: byHelper ? 'helper' : 'slip' } };
      },
    };
  }
}

function* openItem(title: string): Generator<Step> {
  yield {
    name: 'open-item',
    by: secretary,
    pauseMs: 900,
    deed: (state) => {
      const item = state.agenda.items.find((each) => each.title.text?.startsWith(title));
      if (!item || state.agenda.progress[item.itemId]) return null;
      return { kind: 'act', command: { type: 'openItem', itemId: item.itemId } };
    },
  };
}

function* speech(by: DemoRef, speechMs: number): Generator<Step> {
  yield {
    name: 'present',
    by: chair,
    pauseMs: 600,
    deed: (state, { seats }) =>
      state.floor.speech ? null : { kind: 'act', command: { type: 'callPresenter', seatId: seats[by] ?? '' } },
  };
  yield* endSpeech(by, speechMs);
}

function* endSpeech(by: DemoRef, speechMs: number): Generator<Step> {
  yield {
    name: 'end-speech',
    by,
    pauseMs: speechMs,
    deed: (state, { seats }) =>
      state.floor.speech?.seatId === seats[by] ? { kind: 'act', command: { type: 'endSpeech' } } : null,
  };
}

function* debate(speakers: readonly (readonly [DemoRef, Stance])[]): Generator<Step> {
  for (const [by, stance] of speakers)
    yield {
      name: 'ask-to-speak',
      by,
      pauseMs: 500,
      deed: (state, { seats }) =>
        debating(state) && !state.floor.requests.some(({ seatId }) => seatId === seats[by])
          ? { kind: 'act', command: { type: 'askToSpeak', seatId: seats[by] ?? '', stance } }
          : null,
    };
  for (let turn = 0; turn < speakers.length; turn += 1) {
    yield {
      name: 'give-floor',
      by: chair,
      pauseMs: 600,
      deed: (state) => {
        const next = speakingQueue(state)[0];
        if (!next || state.floor.speech) return null;
        return { kind: 'act', command: { type: 'giveFloor', requestId: next.request.requestId, overrideReason: null } };
      },
    };
    yield {
      name: 'end-speech',
      by: chair,
      pauseMs: 1_800,
      deed: (state) => (state.floor.speech ? { kind: 'act', command: { type: 'endSpeech' } } : null),
    };
  }
}

interface Poll {
  readonly votes: Votes;
  readonly recused: readonly DemoRef[];
  readonly turn: number;
  /** The paper is first written down wrongly and corrected after the announcement. */
  readonly wrongPaper?: boolean;
}

function* poll({ votes, recused, turn, wrongPaper = false }: Poll): Generator<Step> {
  const eligible = presentRefs.filter((ref) => !recused.includes(ref));
  const choices = choicesOf(eligible, votes, turn);
  yield {
    name: 'open-poll',
    by: secretary,
    pauseMs: 900,
    deed: (state) =>
      debating(state) && !state.polls.openId
        ? {
            kind: 'act',
            command: { type: 'openPoll', subject: { kind: 'motion' }, secrecy: null, plannedMs: 60_000 },
          }
        : null,
  };
  for (const [index, ref] of eligible.entries()) {
    if (ref === onPaper) continue;
    yield {
      name: ref === assisted ? 'vote-for' : 'vote',
      by: ref === assisted ? helper : ref,
      pauseMs: index % 4 === 0 ? 400 : 60,
      deed: (state) => (state.polls.openId ? { kind: 'cast', seat: ref, choice: choices[ref] ?? 'abstain' } : null),
    };
  }
  const right = choices[onPaper] ?? 'abstain';
  const wrong = right === 'for' ? 'against' : 'for';
  yield {
    name: 'enter-paper',
    by: secretary,
    pauseMs: 500,
    deed: (state) =>
      state.polls.openId
        ? { kind: 'enter_paper', seat: onPaper, content: { choice: wrongPaper ? wrong : right } }
        : null,
  };
  yield { name: 'confirm-paper', by: monitor, pauseMs: 500, deed: () => ({ kind: 'confirm_sheet' }) };
  yield {
    name: 'close-poll',
    by: secretary,
    pauseMs: 1_200,
    deed: (state) =>
      state.polls.openId ? { kind: 'act', command: { type: 'closePoll', pollId: state.polls.openId } } : null,
  };
  yield {
    name: 'announce',
    by: chair,
    pauseMs: 900,
    deed: (state) => {
      const pollId = closedPollId(state);
      return pollId ? { kind: 'act', command: { type: 'announceResult', pollId } } : null;
    },
  };
  if (!wrongPaper) return;
  yield {
    name: 'correct-paper',
    by: secretary,
    pauseMs: 900,
    deed: () => ({
      kind: 'correct_paper',
      seat: onPaper,
      content: { choice: right },
      reason: said.correction,
    }),
  };
  yield { name: 'confirm-paper', by: monitor, pauseMs: 700, deed: () => ({ kind: 'confirm_sheet' }) };
}

function* project(index: number): Generator<Step> {
  const plan = dataset.projects[index];
  if (!plan) return;
  const recused = plan.recused_member_ids.filter((ref) => presentRefs.includes(ref));
  yield* openItem(plan.id);
  yield {
    name: 'put-motion',
    by: secretary,
    pauseMs: 500,
    deed: (state) => (motionOf(state) ? null : { kind: 'act', command: { type: 'putItemMotion' } }),
  };
  for (const ref of recused)
    yield {
      name: 'declare-recusal',
      by: ref,
      pauseMs: 500,
      deed: (state, { seats }) => {
        const motion = motionOf(state);
        const seatId = seats[ref] ?? '';
        if (!motion || motion.recusals[seatId]) return null;
        const reason = (said.recusals as Readonly<Record<string, string>>)[plan.id] ?? said.recusal;
        return { kind: 'act', command: { type: 'declareRecusal', motionId: motion.motionId, seatId, reason } };
      },
    };
  yield* speech(recused[0] ?? secretary, 2_000);
  const reduction = 'reduction_by_consent' in plan ? plan.reduction_by_consent : undefined;
  if (reduction)
    yield {
      name: 'reduce-amount',
      by: secretary,
      pauseMs: 600,
      deed: (state) =>
        motionOf(state)?.amountFen === reduction.from * 100
          ? {
              kind: 'act',
              command: { type: 'reduceAmount', amountFen: reduction.to * 100, reason: plan.note ?? '' },
            }
          : null,
    };
  yield {
    name: 'open-debate',
    by: secretary,
    pauseMs: 400,
    deed: (state) =>
      motionOf(state)?.stage === 'presenting' ? { kind: 'act', command: { type: 'openDebate' } } : null,
  };
  if (index < 3)
    yield* debate(
      [
        ['M18', 'against'],
        ['M06', 'for'],
        ['M08', 'question'],
      ].filter(isFree(recused)),
    );
  if (index === 4) yield { name: 'lose-network', by: dropping, pauseMs: 300, deed: () => ({ kind: 'drop' }) };

  const first = plan.first_vote ?? plan.decisions?.[0];
  if (!first) {
    if (index === 4) yield { name: 'return', by: dropping, pauseMs: 800, deed: () => ({ kind: 'return' }) };
    yield* poll({ votes: plan.council_vote, recused, turn: index, wrongPaper: index === 1 });
    return;
  }
  yield* poll({ votes: first, recused, turn: index });
  const again = plan.decisions?.[1];
  const mover = again && 'mover' in again ? (again.mover ?? chair) : chair;
  const seconder = again && 'seconder' in again ? (again.seconder ?? chair) : chair;
  yield {
    name: 'move-anew',
    by: mover,
    pauseMs: 900,
    deed: (state, { seats }) => {
      const failed = [...state.motions.order].reverse().map((id) => state.motions.byId[id])[0];
      if (!failed || failed.stage !== 'decided') return null;
      return {
        kind: 'act',
        command: {
          type: 'moveMotion',
          seatId: seats[mover] ?? '',
          title: `${said.renewed}${failed.title.text ?? ''}`,
          text: again?.motion ?? '',
          amountFen: plan.approved * 100,
          ownersMatter: failed.ownersMatter,
          listing: failed.listing,
          renewsMotionId: failed.motionId,
        },
      };
    },
  };
  const waiting = (state: MeetingState, stage: string) =>
    state.motions.order.map((id) => state.motions.byId[id]).find((motion) => motion?.stage === stage);
  yield {
    name: 'second',
    by: seconder,
    pauseMs: 600,
    deed: (state, { seats }) => {
      const motion = waiting(state, 'moved');
      if (!motion) return null;
      return {
        kind: 'act',
        command: { type: 'secondMotion', motionId: motion.motionId, seatId: seats[seconder] ?? '' },
      };
    },
  };
  yield {
    name: 'state-motion',
    by: chair,
    pauseMs: 500,
    deed: (state) => {
      const motion = waiting(state, 'ready');
      return motion ? { kind: 'act', command: { type: 'stateMotion', motionId: motion.motionId } } : null;
    },
  };
  yield {
    name: 'open-debate',
    by: secretary,
    pauseMs: 400,
    deed: (state) =>
      motionOf(state)?.stage === 'presenting' ? { kind: 'act', command: { type: 'openDebate' } } : null,
  };
  yield* debate([[mover, 'for']]);
  yield* poll({ votes: plan.council_vote, recused, turn: index + 1 });
}

const isFree =
  (recused: readonly DemoRef[]) =>
  (speaker: readonly [DemoRef, Stance] | string[]): speaker is [DemoRef, Stance] =>
    !recused.includes(speaker[0] ?? '');

/** The whole session, 13:40 to the last announced vote and the adjournment. */
function* councilScript(): Generator<Step> {
  yield* arrivals();
  yield {
    name: 'open-session',
    by: chair,
    pauseMs: 1_200,
    deed: (state) => (state.phase === 'check_in' ? { kind: 'act', command: { type: 'openSession' } } : null),
  };
  yield {
    name: 'adopt-agenda',
    by: chair,
    pauseMs: 900,
    deed: (state) => (state.agenda.adoptedAt === null ? { kind: 'act', command: { type: 'adoptAgenda' } } : null),
  };
  yield* openItem(said.openingItem);
  yield* speech(chair, 1_500);
  yield* openItem(said.reportItem);
  yield* speech(secretary, 1_500);
  for (let index = 0; index < dataset.projects.length; index += 1) yield* project(index);
  yield* openItem(said.closingItem);
  yield* speech(chair, 1_500);
  yield {
    name: 'adjourn',
    by: chair,
    pauseMs: 1_200,
    deed: (state) =>
      state.phase === 'in_session'
        ? { kind: 'act', command: { type: 'adjournMeeting', leaveUnfinished: false } }
        : null,
  };
}

/** Everybody the script moves: who needs a socket. */
export const council: PracticeScript = { steps: councilScript, players: () => [...presentRefs, helper] };
