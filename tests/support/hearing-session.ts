// A hearing in memory, from its announcement to the published report, in which every event of its slice happens at least once. Fifteen representatives in two
// places, three officers, a supervisor and a presenter. Called by the law's tests, the log fixture and the tests of the words.
import { commitmentOf, type DrawEntry } from '#lib/domain/hearings/draw.ts';
import { hearing as format } from '#lib/domain/formats/hearing.ts';
import type { EnrolmentFact, ReportFact } from '#lib/domain/meeting/hearing.ts';
import type { RosterFact } from '#lib/domain/meeting/lifecycle.ts';
import { agendaItem, LawWorld, personOf, roster, seatOf, sessionAt, type WorldOptions } from './law-world.ts';

const dayMs = 86_400_000;
export const secret = 'd'.repeat(64);
export const places = [
  { key: 'p1', name: '利害关系居民', seats: 12 },
  { key: 'p2', name: '业委会', seats: 3 },
];
/** In the order they are heard. */
export const representatives = [
  ...['M05', 'M06', 'M07', 'M08', 'M09', 'M10', 'M11', 'M12', 'M13', 'M14', 'M15', 'M16'],
  ...['M18', 'M19', 'M20'],
];
export const officers = ['M02', 'M04', 'M23'];

const entries: readonly DrawEntry[] = Array.from({ length: 30 }, (_, at) => ({
  number: at + 1,
  placeKey: at < 25 ? 'p1' : 'p2',
  shownName: '居**',
  mark: String(at).padStart(16, '0'),
}));
export const enrolment: EnrolmentFact = { enrolled: 300, entries, secret };

const seat = (id: string, sectorId: string, voting: boolean): RosterFact['seats'][number] => ({
  seatId: seatOf(id),
  personId: personOf(id),
  sectorId,
  title: '',
  voting,
  hasSmartphone: true,
});

const hearingRoster: RosterFact = {
  ...roster,
  sectors: [
    { sectorId: 'officer', name: '听证人', seats: 3 },
    { sectorId: 'supervisor', name: '监督人', seats: 1 },
    { sectorId: 'presenter', name: '陈述人', seats: 1 },
    ...places.map(({ key, name, seats }) => ({ sectorId: key, name, seats })),
  ],
  seats: [
    ...officers.map((id) => seat(id, 'officer', false)),
    seat('M17', 'supervisor', false),
    seat('M22', 'presenter', false),
    ...representatives.map((id, at) => seat(id, at < 12 ? 'p1' : 'p2', true)),
  ],
};

export const reported = (unanswered = 0): ReportFact => ({
  digest: 'e'.repeat(64),
  opinions: 57,
  hidden: 2,
  unanswered,
  verdicts: { adopted: 20, partly: 25, declined: 12 - unanswered },
});

export const announcement = {
  type: 'announceHearing',
  matter: '充电棚放在哪里',
  how: '到居委会一楼服务台报名',
  places,
  enrolBy: sessionAt - 5 * dayMs,
  publicSource: '福利彩票双色球第2026043期开奖号码',
  publicKnownAt: sessionAt - 4 * dayMs,
  commitment: commitmentOf(secret),
} as const;

/** Drafted twelve days before; nothing announced yet. */
export function hearingWorld(options: WorldOptions = {}): LawWorld {
  const world = new LawWorld({
    format: 'hearing',
    items: [agendaItem('matter')],
    ...options,
    rules: {
      majority: null,
      binding: false,
      noticeDays: 10,
      speech: { seconds: 120, timesPerMotion: 1 },
      floorOrder: format.floorOrder,
      hearing: { leastOfficers: 3, opinionDays: 3, answerDays: 10, leastInArea: 10 },
      ...options.rules,
    },
  });
  world.now = sessionAt - 12 * dayMs;
  world.facts = { ...world.facts, roster: hearingRoster, enrolment, report: reported() };
  return world;
}

/** Announced, sealed and drawn. */
export function drawnWorld(options: WorldOptions = {}): LawWorld {
  const world = hearingWorld(options);
  world.do('M03', announcement);
  world.now = announcement.enrolBy;
  world.do('system', { type: 'sealEnrolment' });
  world.now = announcement.publicKnownAt;
  world.do('M03', { type: 'drawRepresentatives', publicValue: '03 09 11 17 25 30 + 08' });
  return world;
}

/** In session on its one item, the officers and these representatives present. */
export function openHearing(present: readonly string[] = representatives.slice(0, 14)): LawWorld {
  const world = drawnWorld();
  world.checkIn([...officers, 'M22', ...present]);
  world.do('M01', { type: 'openSession' });
  world.do('M01', { type: 'adoptAgenda' });
  world.do('M03', { type: 'openItem', itemId: 'matter' });
  return world;
}

/** A resident's phone that asks to be heard; the participant's id. */
export function askFrom(
  world: LawWorld,
  guest: string,
  zone: string | null,
  stance: 'for' | 'against' | 'question' | 'add',
  channel: 'hall' | 'remote' = 'remote',
): string {
  const [entered] = world.do(`guest:${guest}`, {
    type: 'enterParticipant',
    name: `居民${guest}`,
    zone,
    channel,
    assisted: false,
  });
  const participantId = entered?.type === 'ParticipantEntered' ? entered.payload.participantId : '';
  world.do(`guest:${guest}`, { type: 'askToSpeak', seatId: participantId, stance });
  return participantId;
}

export function playHearing(): LawWorld {
  const world = openHearing();
  world.do('M03', { type: 'addCaption', text: '听证会开始', speakerId: null });
  const [slip] = world.do('M03', { type: 'addCaption', text: '写错的一句', speakerId: seatOf('M22') });
  if (slip?.type === 'CaptionAdded') world.do('M03', { type: 'withdrawCaption', captionId: slip.payload.captionId });
  world.do('M03', { type: 'enterStage', stage: 'representatives', allowedMs: null, reason: null });
  world.do('M03', { type: 'lineUpRepresentatives' });
  askFrom(world, 'g1', '东片区', 'against');
  world.do('M03', {
    type: 'openPoll',
    subject: { kind: 'question', question: '放在哪里', options: ['东门外', '分散', '都不赞成'], voters: 'residents' },
    secrecy: null,
    plannedMs: null,
  });
  world.facts = {
    ...world.facts,
    poll: {
      turnout: [],
      choices: [],
      choicesBySeat: null,
      answers: Array.from({ length: 12 }, (_, at) => ({ choice: at < 8 ? 'A' : 'B', area: '东片区' })),
      bundles: [{ channel: 'paper', counts: { A: 2, B: 1 } }],
      spoiled: 0,
      unsettledSheets: 0,
    },
  };
  world.do('M03', { type: 'closePoll', pollId: world.state.polls.openId ?? '' });
  world.do('M01', { type: 'announceResult', pollId: world.lastPollId() });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  world.do('M01', { type: 'publishReport' });
  return world;
}
