// A fact of the minutes as blocks: paragraphs, lists and tables with people as mentions, never as names. The editor's node view, the page, the
// PDF and the docx all set what this says. Pure; one entry a kind of fact, and the compiler says so when a kind has none.
import type { Fact, FactSaid, ResultFact } from '#lib/domain/minutes/fact.ts';
import type { WrittenBlock } from '#lib/domain/minutes/record.ts';
import { appraisalAnswers } from '#lib/domain/appraisal/form.ts';
import type { Returns } from '#lib/domain/appraisal/returns.ts';
import type { Poll, PollResult } from '#lib/domain/meeting/poll-state.ts';
import { outcomeSentence, callOf } from './allocation-words.ts';
import { formatClock, formatDateTime, formatTime, formatYuan } from './format.ts';
import { formatSettings } from './minutes-facts-of-formats.ts';
import {
  blocks,
  dayOf,
  inlinesOf,
  joined,
  line,
  list,
  paragraph,
  people,
  person,
  table,
  type FactWords,
  type Part,
  type Setting,
} from './minutes-setting.ts';
import { returnsSentence } from './returns-words.ts';
import { optionsOf, outcomeWord } from './seat-words.ts';

export type { FactWords };

function movements({ f }: FactWords, all: FactSaid['attendance']['seats'][number]['movements']): string {
  return all.map(({ what, at }) => `${formatTime(at)} ${f.attendance[what]}`).join(f.listing);
}

function attendance(words: FactWords, { seats, ...counts }: FactSaid['attendance']): WrittenBlock[] {
  const { f, w } = words;
  const group = (voting: boolean, status: 'came' | 'on_leave' | 'absent') =>
    seats.filter((seat) => seat.voting === voting && seat.status === status);
  const named = (label: string, group: FactSaid['attendance']['seats']) =>
    group.length > 0 &&
    line(
      words,
      label,
      people(
        words,
        group.map(({ personId }) => personId),
      ),
    );
  const came = [...group(true, 'came'), ...group(false, 'came')];
  const rows = came.map(({ personId, sector, title, voting, mode, movements: all, proxyPersonId }): Part[] => [
    person(personId),
    sector,
    voting ? title : f.attendance.nonVoting,
    mode === null ? '' : w.meeting.modes[mode],
    [
      { text: movements(words, all) },
      ...(proxyPersonId === null
        ? []
        : [{ text: `${f.comma}${f.attendance.proxy}${f.colon}` }, { personId: proxyPersonId }]),
    ],
  ]);
  return blocks(
    line(words, f.attendance.title, f.attendance.counts(counts)),
    named(f.attendance.onLeave, group(true, 'on_leave')),
    named(f.attendance.absent, group(true, 'absent')),
    rows.length > 0 && table(f.attendance.heads, rows),
  );
}

function motion(words: FactWords, said: FactSaid['motion']): WrittenBlock[] {
  const { f, w } = words;
  const m = f.motion;
  const yuan = (fen: number): string => formatYuan(fen);
  const tags = [
    said.ownersMatter === 'none' ? '' : w.meeting.ownersMatters[said.ownersMatter],
    said.listing === null ? '' : w.meeting.listings[said.listing],
  ].filter((tag) => tag !== '');
  const outcome =
    said.outcome !== null
      ? w.meeting.motionOutcomes[said.outcome]
      : said.stage === 'withdrawn' || said.stage === 'referred'
        ? w.meeting.motionStages[said.stage]
        : m.undecided;
  const money = said.award;
  const moneyWords =
    money === null
      ? null
      : money.status === 'booked'
        ? w.meeting.money.booked({ amount: yuan(money.amountFen), envelope: money.envelope })
        : money.status === 'not_booked'
          ? w.meeting.money.notBooked[money.short]({
              amount: yuan(money.amountFen),
              envelope: money.envelope,
              room: yuan(money.roomFen),
              pool: yuan(money.poolFen),
            })
          : money.keptFen > 0
            ? w.meeting.money.partlyReleased({ released: yuan(money.releasedFen), kept: yuan(money.keptFen) })
            : w.meeting.money.released({ released: yuan(money.releasedFen) });
  return blocks(
    line(words, m.title, said.title, tags.length > 0 ? `${f.open}${tags.join(f.listing)}${f.close}` : ''),
    said.renews !== null && line(words, m.renews, said.renews),
    said.text !== null && line(words, m.text, said.text),
    said.mover === null
      ? paragraph(m.byAgenda, f.stop)
      : line(
          words,
          m.mover,
          person(said.mover),
          ...(said.seconder === null ? [] : [`${f.comma}${m.seconder}${f.colon}`, person(said.seconder)]),
        ),
    said.originalAmountFen !== null && line(words, m.amount, yuan(said.originalAmountFen)),
    ...said.amendments.map((each, index) =>
      line(
        words,
        m.amendment({ n: index + 1 }),
        each.text,
        each.amountFen === null ? '' : `${f.comma}${m.amendmentAmount({ amount: yuan(each.amountFen) })}`,
        `${f.open}${m.mover}${f.colon}`,
        person(each.mover),
        ...(each.seconder === null ? [] : [`${f.comma}${m.seconder}${f.colon}`, person(each.seconder)]),
        `${f.close}${f.comma}${each.outcome === null ? m.amendmentOpen : w.meeting.amendmentOutcomes[each.outcome]}`,
      ),
    ),
    ...said.reductions.map(({ fromFen, toFen, reason }) =>
      line(words, m.reduced({ from: yuan(fromFen), to: yuan(toFen) }), reason),
    ),
    said.amountFen !== null &&
      said.amountFen !== said.originalAmountFen &&
      line(words, m.amountNow, yuan(said.amountFen)),
    ...said.recusals.map(({ personId, reason, declaredByMember }) =>
      line(
        words,
        m.recused,
        person(personId),
        ...(reason.length > 0 ? [f.comma, reason] : []),
        declaredByMember ? '' : `${f.open}${m.recusedByDesk}${f.close}`,
      ),
    ),
    line(words, m.outcome, outcome, said.contractLocked ? `${f.comma}${w.meeting.contractLocked}` : ''),
    said.closingReason !== null && said.closingReason.length > 0 && line(words, m.closing, said.closingReason),
    moneyWords !== null && paragraph(moneyWords),
  );
}

function countsOf({ f, w }: FactWords, { poll }: ResultFact, result: PollResult): string {
  const said = optionsOf(w, poll).map(({ key, label }) =>
    w.vote.optionCount({ option: label, count: result.counts[key] ?? 0 }),
  );
  if (result.spoiled > 0) said.push(f.result.spoiled({ count: result.spoiled }));
  if (result.notVoted > 0) said.push(f.result.notVoted({ count: result.notVoted }));
  return said.join(f.listing);
}

/** [AP12] What came back: one sentence, then the whole and each indicator by the scale. */
function returned({ w, lang }: FactWords, returns: Returns, poll: Poll): WrittenBlock[] {
  const a = w.vote.appraisal;
  const rows = [{ name: a.whole, byAnswer: returns.byAnswer, percent: returns.percent }, ...returns.indicators];
  return [
    paragraph(returnsSentence(w, lang, returns, outcomeWord(w, poll))),
    table(
      [a.indicator, ...optionsOf(w, poll).map(({ label }) => label), a.satisfaction],
      rows.map(({ name, byAnswer, percent }): Part[] => [
        name,
        ...appraisalAnswers.map((answer) => String(byAnswer[answer])),
        percent === null ? '—' : `${percent}%`,
      ]),
    ),
  ];
}

/** [V4] Everything people argue about: counts, base, threshold, who was there, who was out, how the votes came. */
function figures(words: FactWords, said: ResultFact): WrittenBlock[] {
  const { f, w } = words;
  const r = f.result;
  const { poll, result } = said;
  const { majority } = poll.frame;
  const channels = (Object.keys(w.meeting.channels) as (keyof PollResult['channels'])[])
    .filter((channel) => result.channels[channel] > 0)
    .map((channel) => w.vote.channelCount({ channel: w.meeting.channels[channel], count: result.channels[channel] }));
  const baseMeans =
    majority === null
      ? ''
      : `${f.open}${r.bases[majority.base]}${majority.abstentionsCount ? '' : `${f.comma}${r.noAbstentions}`}${f.close}`;
  const chosen = said.choices;
  const counts = countsOf(words, said, result);
  // Where nothing is decided there is no base and no threshold: who answered is what there is to know.
  const asked = poll.frame.subject.kind === 'question';
  return blocks(
    ...(said.returns === null
      ? [counts !== '' && line(words, r.counts, counts)]
      : returned(words, said.returns, { ...poll, result })),
    asked
      ? said.returns === null &&
          paragraph(
            [
              r.answered({ count: result.voted }),
              ...(poll.frame.residents ? [] : [r.present({ present: result.present })]),
            ].join(f.comma),
            f.stop,
          )
      : paragraph(
          [
            `${r.base({ base: result.base })}${baseMeans}`,
            ...(result.threshold === null ? [] : [r.threshold({ threshold: result.threshold })]),
            r.present({ present: result.present }),
            ...(result.quorumNeeded > 0 ? [r.quorum({ quorum: result.quorumNeeded })] : []),
          ].join(f.comma),
          f.stop,
        ),
    said.recused.length > 0
      ? line(words, r.recused, people(words, said.recused))
      : asked
        ? null
        : paragraph(r.nobodyRecused, f.stop),
    channels.length > 0 && line(words, r.channels, channels.join(f.listing)),
    ...areas(words, said),
    asked ? said.returns === null && paragraph(r.notBinding) : line(words, r.outcome, w.vote.outcomes[result.outcome]),
    chosen !== null &&
      Object.keys(chosen).length > 0 &&
      list(
        false,
        optionsOf(w, poll)
          .filter(({ key }) => (chosen[key]?.length ?? 0) > 0)
          .map(({ key, label }) => [`${label}${f.colon}`, people(words, chosen[key] ?? [])]),
      ),
  );
}

/** [H12] By area, where residents were asked: small areas and paper are one row. */
function areas({ w }: FactWords, { poll, result }: ResultFact): WrittenBlock[] {
  if (!result.areas || result.areas.length === 0) return [];
  const options = optionsOf(w, poll);
  const rows = result.areas.map(({ area, answered, counts }): Part[] => [
    area ?? w.vote.areaRest,
    ...options.map(({ key }) => String(counts[key] ?? 0)),
    String(answered),
  ]);
  return [
    table([w.vote.area, ...options.map(({ label }) => label), w.vote.areaPeople], rows),
    paragraph(w.vote.areaNote),
  ];
}

/** What it is called: a vote decides, a question is only asked, forms of an appraisal are counted. */
const titleOf = ({ f }: FactWords, { poll, returns }: ResultFact): string =>
  returns !== null ? f.result.appraisal : poll.frame.subject.kind === 'question' ? f.result.straw : f.result.title;

const methodOf = ({ f, w }: FactWords, { poll }: ResultFact): string => {
  const when = { opened: formatTime(poll.openedAt), closed: poll.closedAt === null ? '' : formatTime(poll.closedAt) };
  return poll.frame.subject.kind === 'question'
    ? f.result.times(when)
    : f.result.method({ ...when, secrecy: w.meeting.secrecy[poll.frame.secrecy] });
};

function settledAs(words: FactWords, settled: NonNullable<FactSaid['decision']['settled']>): Part[] {
  const { f } = words;
  const outcome =
    settled.outcome === 'done' ? f.owed.done : f.owed.extended({ day: dayOf(words, settled.dueOn ?? '') });
  return settled.note.length > 0 ? [outcome, f.open, settled.note, f.close] : [outcome];
}

const settings: Setting = {
  meeting: (words, { said }) => {
    const { f, lang } = words;
    const m = f.meeting;
    const began = said.openedAt ?? said.plannedAt;
    const time =
      said.adjournedAt === null
        ? formatDateTime(lang, began)
        : m.from({ from: formatDateTime(lang, began), to: formatTime(said.adjournedAt) });
    return blocks(
      line(words, m.title, said.title),
      line(words, m.time, time),
      said.openedAt !== null &&
        said.openedAt !== said.plannedAt &&
        line(words, m.planned, formatDateTime(lang, said.plannedAt)),
      line(words, m.place, said.place),
      said.chairs.length > 0 && line(words, m.chair, people(words, said.chairs)),
      said.secretaries.length > 0 && line(words, m.secretary, people(words, said.secretaries)),
      said.rules !== '' && line(words, m.rules, said.rules),
      said.shortNotice !== null && line(words, m.shortNotice, said.shortNotice),
    );
  },
  attendance: (words, { said }) => attendance(words, said),
  quorum: (words, { said: { present, expected, needed, at, sectorsNeeded } }) => {
    const { f } = words;
    if (needed === null && sectorsNeeded !== null)
      return [line(words, f.quorum.title, f.quorum.parties({ at: formatTime(at), present, sectors: sectorsNeeded }))];
    const counted =
      needed === null
        ? f.quorum.free({ at: formatTime(at), present })
        : f.quorum.met({ at: formatTime(at), present, expected, needed });
    const sectors = sectorsNeeded === null ? '' : f.quorum.sectors({ sectors: sectorsNeeded });
    return [line(words, f.quorum.title, counted, sectors)];
  },
  agenda: (words, { said: { items } }) => {
    const { f, w } = words;
    return [
      line(words, f.agenda.title),
      list(
        true,
        items.map(({ title, presenter, minutes, done }) => [
          title,
          f.open,
          ...(presenter === null ? [] : [`${f.agenda.presenter}${f.colon}`, presenter, f.comma]),
          w.meeting.minutes({ minutes }),
          done ? '' : `${f.comma}${f.agenda.notReached}`,
          f.close,
        ]),
      ),
    ];
  },
  'agenda-change': (words, { said: { what, title, adopted } }) => {
    const { f } = words;
    return [
      line(words, f.agendaChange[what], title, f.stop, adopted ? f.agendaChange.adopted : f.agendaChange.rejected),
    ];
  },
  item: (words, { said: { n, title, presenter, from, to } }) => {
    const { f } = words;
    const when =
      to === null
        ? f.item.since({ n, from: formatTime(from) })
        : f.item.from({ n, from: formatTime(from), to: formatTime(to) });
    return [
      line(words, when, title, ...(presenter === null ? [] : [`${f.comma}${f.agenda.presenter}${f.colon}`, presenter])),
    ];
  },
  motion: (words, { said }) => motion(words, said),
  speeches: (words, { said: { title, speeches } }) => {
    const { f, w } = words;
    const kindOf = (stance: (typeof speeches)[number]['stance']): string =>
      stance === 'presentation'
        ? f.speeches.presentation
        : stance === 'point_of_order'
          ? w.meeting.pointOfOrder
          : w.meeting.stances[stance];
    return [
      line(words, f.speeches.title, title),
      table(
        f.speeches.heads,
        speeches.map(({ personId, stance, startedAt, spentMs }) => [
          formatTime(startedAt),
          person(personId),
          kindOf(stance),
          formatClock(spentMs),
        ]),
      ),
    ];
  },
  result: (words, { said }) => {
    const { f, w, lang } = words;
    const call = callOf(said.poll);
    return [
      line(words, titleOf(words, said), said.question, `${f.open}${methodOf(words, said)}${f.close}`),
      ...figures(words, said),
      ...(call === null ? [] : [paragraph(outcomeSentence(w, lang, call, said.count ?? undefined))]),
      ...(said.supersededBy === null ? [] : [paragraph([{ text: f.result.replaced, bold: true }])]),
    ];
  },
  correction: (words, { said, at }) => {
    const { f, w, lang } = words;
    return [
      line(words, f.correction.title, said.question),
      line(words, f.correction.at, formatDateTime(lang, at)),
      line(words, f.correction.reason, said.reason),
      line(
        words,
        f.correction.before,
        countsOf(words, said, said.before),
        f.comma,
        w.vote.outcomes[said.before.outcome],
      ),
      ...figures(words, said),
      ...(said.supersededBy === null ? [] : [paragraph([{ text: f.result.replaced, bold: true }])]),
    ];
  },
  voided: (words, { said: { question, reason } }) => [
    line(words, words.f.voided.title, question, `${words.f.comma}${words.f.voided.reason}${words.f.colon}`, reason),
  ],
  recess: ({ f }, { said: { from, to } }) => [
    paragraph(
      to === null
        ? f.recess.since({ from: formatTime(from) })
        : f.recess.between({ from: formatTime(from), to: formatTime(to) }),
    ),
  ],
  question: (words, { said: { text, by, answer } }) => {
    const q = words.f.question;
    return blocks(
      line(
        words,
        q.title,
        text,
        ...(by === '' ? [] : [`${words.f.open}${q.by}${words.f.colon}`, person(by), words.f.close]),
      ),
      answer === null || answer.length === 0 ? paragraph(q.open, words.f.stop) : line(words, q.answer, answer),
    );
  },
  questions: ({ f }, { said }) => [paragraph(f.questions(said))],
  decision: (words, { said }) => {
    const o = words.f.owed;
    const { comma, colon, open, close } = words.f;
    return [
      line(
        words,
        o.title,
        said.text,
        `${comma}${o.owner}${colon}`,
        said.owner,
        `${comma}${o.due}${colon}${dayOf(words, said.dueOn)}`,
        ...(said.item === null ? [] : [`${open}${o.item}${colon}`, said.item, close]),
        ...(said.settled === null ? [] : [comma, ...settledAs(words, said.settled)]),
      ),
    ];
  },
  'follow-ups': (words, { said: { owed } }) => {
    const o = words.f.owed;
    const rows = owed.map(({ text, owner, dueOn, overdue, settled }): Part[] => [
      text,
      owner,
      `${dayOf(words, dueOn)}${overdue ? `${words.f.open}${o.overdue}${words.f.close}` : ''}`,
      settled === null ? o.open : settledAs(words, settled).flatMap(inlinesOf),
    ]);
    return [line(words, o.brought), table(o.heads, rows)];
  },
  adjourned: (words, { said: { at, present, unfinished, unclaimed } }) => {
    const { f } = words;
    const when = { at: formatTime(at) };
    return blocks(
      paragraph(present === null ? f.adjourned.closed(when) : f.adjourned.when({ ...when, present })),
      unfinished.length > 0 && line(words, f.adjourned.unfinished, joined(f.listing, unfinished)),
      unclaimed.length > 0 && line(words, f.adjourned.unclaimed, joined(f.listing, unclaimed)),
    );
  },
  participants: (words, { said }) => [line(words, words.f.participants.title, words.f.participants.counts(said))],
  ...formatSettings,
};

export const factBlocks = (words: FactWords, fact: Fact): readonly WrittenBlock[] =>
  (settings[fact.kind] as (words: FactWords, fact: Fact) => readonly WrittenBlock[])(words, fact);
