// Script 6.3 of a public hearing for the practice page, with a handful of the dataset's residents: who does what in which order. Pure: it holds no
// sockets and no clock. Representatives without a place in the demo go by their own ids.
import { hearingStages } from '#lib/domain/formats/hearing.ts';
import { speakingQueue } from '#lib/domain/meeting/floor-order.ts';
import type { Stance } from '#lib/domain/meeting/floor.ts';
import { additions, dataset, type DemoRef } from '#lib/server/demo/dataset.ts';
import { chair, enterStage, helper, secretary, step, type Cast, type PracticeScript, type Step } from './step.ts';

const said = additions.hearing;
const asked = dataset.meetings.find(({ id }) => id === 'MT3')?.options ?? [];
const benches: readonly DemoRef[] = Object.values(said.benches).flat();
const [presenter = ''] = said.benches.presenter;
const residents = dataset.residents_hearing.slice(0, 8).map(({ id, display_name: shownName, zone }) => ({
  ref: id,
  shownName,
  zone: dataset.community.zones.find((each) => each.id === zone)?.name ?? null,
}));
const stances: readonly Stance[] = ['for', 'against', 'add', 'question'];
/** How many of the residents are heard before the chair goes on. */
const heard = 4;

function* turns(count: number): Generator<Step> {
  for (let turn = 0; turn < count; turn += 1) {
    yield step('give-floor', chair, 500, (state) => {
      const [next] = speakingQueue(state);
      return !next || state.floor.speech
        ? null
        : { type: 'giveFloor', requestId: next.request.requestId, overrideReason: null };
    });
    yield step('end-speech', chair, 1_500, (state) => (state.floor.speech ? { type: 'endSpeech' } : null));
  }
}

function* straw(): Generator<Step> {
  yield step('open-poll', secretary, 1_000, (state) =>
    state.polls.order.length === 0
      ? {
          type: 'openPoll',
          subject: {
            kind: 'question',
            question: said.question,
            options: asked.map(({ title }) => title),
            voters: 'residents',
          },
          secrecy: null,
          plannedMs: null,
        }
      : null,
  );
  for (const [at, { ref: by }] of residents.entries())
    yield {
      name: 'vote',
      by,
      pauseMs: 400,
      deed: (state) =>
        state.polls.openId === null ? null : { kind: 'answer', choice: asked[at % asked.length]?.id ?? '' },
    };
  yield step('close-poll', secretary, 1_500, ({ polls }) =>
    polls.openId === null ? null : { type: 'closePoll', pollId: polls.openId },
  );
  yield step('announce', chair, 1_000, ({ polls }) => {
    const pollId = polls.order.find((id) => polls.byId[id]?.stage === 'closed');
    return pollId === undefined ? null : { type: 'announceResult', pollId };
  });
}

const sitting = ({ seats }: Cast): readonly DemoRef[] => Object.keys(seats);

function* hearingScript(cast: Cast): Generator<Step> {
  const representatives = sitting(cast).filter((ref) => !benches.includes(ref));
  // One of them does not come.
  const present = sitting(cast).filter((ref) => ref !== representatives.at(-1));
  yield step('open-check-in', secretary, 500, (state) => (state.phase === 'convened' ? { type: 'openCheckIn' } : null));
  for (const by of present)
    yield step('take-seat', by, 250, (state, { seats }) => {
      const seatId = seats[by] ?? '';
      return state.attendance.bySeat[seatId] ? null : { type: 'takeSeat', seatId, mode: 'hall', way: 'slip' };
    });
  yield step('open-session', chair, 1_500, (state) => (state.phase === 'check_in' ? { type: 'openSession' } : null));
  yield step('adopt-agenda', chair, 800, (state) => (state.agenda.adoptedAt === null ? { type: 'adoptAgenda' } : null));
  yield step('open-item', secretary, 800, ({ agenda }) =>
    agenda.currentItemId === null ? { type: 'openItem', itemId: agenda.items[0]?.itemId ?? '' } : null,
  );

  yield enterStage(hearingStages, 'presentation');
  yield step('present', chair, 800, (state, { seats }) =>
    state.floor.speech ? null : { type: 'callPresenter', seatId: seats[presenter] ?? '' },
  );
  yield step('add-caption', helper, 1_500, (state) =>
    state.hearing?.captions.length === 0 ? { type: 'addCaption', text: said.caption, speakerId: null } : null,
  );
  yield step('end-speech', chair, 2_000, (state) => (state.floor.speech ? { type: 'endSpeech' } : null));
  yield enterStage(hearingStages, 'representatives');
  yield step('line-up', secretary, 800, (state) =>
    state.floor.requests.length === 0 && state.floor.speech === null ? { type: 'lineUpRepresentatives' } : null,
  );
  yield* turns(representatives.length - 1);

  yield enterStage(hearingStages, 'residents');
  for (const [at, { ref: by, shownName: name, zone }] of residents.entries()) {
    yield step('come-in', by, 300, (state, { people }) =>
      state.participants.idOf[`guest:${people[by] ?? ''}`] === undefined
        ? { type: 'enterParticipant', name, zone, channel: 'remote', assisted: false }
        : null,
    );
    yield step('ask-to-speak', by, 300, (state, { people }) => {
      const seatId = state.participants.idOf[`guest:${people[by] ?? ''}`];
      return seatId === undefined || state.floor.requests.some((request) => request.seatId === seatId)
        ? null
        : { type: 'askToSpeak', seatId, stance: stances[at % stances.length] ?? 'add' };
    });
  }
  yield* turns(heard);
  for (const [at, text] of said.opinions.entries())
    yield { name: 'write-opinion', by: residents[at]?.ref ?? '', pauseMs: 500, deed: () => ({ kind: 'write', text }) };

  yield enterStage(hearingStages, 'ending');
  yield* straw();
  yield step('adjourn', chair, 1_500, (state) =>
    state.phase === 'in_session' ? { type: 'adjournMeeting', leaveUnfinished: false } : null,
  );
}

export const hearing: PracticeScript = {
  steps: hearingScript,
  players: (cast) => [...new Set([...sitting(cast), secretary, helper])],
  residents,
};
