// Facts that only some meeting formats have, as blocks: open space, hearings, meetings of parties that agree. One entry a kind, as in minutes-facts.ts.
import type { FactSaid } from '#lib/domain/minutes/fact.ts';
import type { WrittenBlock } from '#lib/domain/minutes/record.ts';
import { formatDateTime, formatTime, formatYuan } from './format.ts';
import {
  blocks,
  dayOf,
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

const inBrackets = ({ f }: FactWords, text: string): string => (text === '' ? '' : `${f.open}${text}${f.close}`);

function topic(words: FactWords, said: FactSaid['topic']): WrittenBlock[] {
  const { f } = words;
  const t = f.topic;
  const { table: at } = said;
  const when =
    at === null || at.from === null
      ? ''
      : at.to === null
        ? f.recess.since({ from: formatTime(at.from) })
        : t.times({ from: formatTime(at.from), to: formatTime(at.to) });
  return blocks(
    line(words, t.title, said.title),
    line(
      words,
      t.convener,
      person(said.convener),
      ...(said.authors.length > 0 ? [`${f.comma}${t.authors}${f.colon}`, people(words, said.authors)] : []),
    ),
    said.fate === 'merged' ? line(words, t.merged, said.into ?? []) : null,
    said.fate === 'talked' && at !== null
      ? line(words, t.table, t.where({ table: at.name, round: at.round, people: at.people }), inBrackets(words, when))
      : said.fate === 'merged' || said.fate === 'talked'
        ? null
        : paragraph(t.fates[said.fate]),
    said.recorder !== null && line(words, t.recorder, person(said.recorder)),
  );
}

function matter(words: FactWords, { matter: said }: FactSaid['matter']): WrittenBlock[] {
  const { f, w } = words;
  if (said.kind === 'needs')
    return [
      line(words, f.matter.needs),
      list(
        false,
        said.needs.map(({ code, title }) => [`${code} `, title]),
      ),
    ];
  return blocks(
    line(words, f.matter.task({ code: said.code }), said.text),
    line(words, f.matter.sentBy, said.sentBy),
    said.listing !== null &&
      line(
        words,
        f.matter.listing,
        w.meeting.listings[said.listing],
        ...(said.listed === null ? [] : [`${f.comma}${said.listed.code} `, said.listed.text]),
        ...(said.reason.length > 0 ? [`${f.comma}${f.motion.closing}${f.colon}`, said.reason] : []),
      ),
  );
}

type FormatKind =
  | 'space'
  | 'topic'
  | 'dots'
  | 'commitment'
  | 'circle'
  | 'hearing'
  | 'draw'
  | 'hearing-report'
  | 'matter'
  | 'positions'
  | 'conclusion'
  | 'countersigned';

export const formatSettings: Pick<Setting, FormatKind> = {
  space: (words, { said }) => {
    const s = words.f.space;
    return [
      line(words, s.theme, said.theme),
      paragraph(s.how({ ...said, tables: said.tables.join(words.f.listing) }), s.dots(said)),
    ];
  },
  topic: (words, { said }) => topic(words, said),
  dots: (words, { said: { result, topics } }) => {
    const d = words.f.dots;
    return [
      line(words, d.title, d.counted(result)),
      table(
        d.heads,
        topics.map(({ title, dots }) => [title, String(dots)]),
      ),
      paragraph(d.notBinding),
    ];
  },
  commitment: (words, { said }) => {
    const { f } = words;
    const c = f.commitment;
    return blocks(
      line(
        words,
        c.title,
        said.action,
        `${f.comma}${f.owed.owner}${f.colon}`,
        said.owner,
        `${f.comma}${f.owed.due}${f.colon}${dayOf(words, said.dueOn)}`,
        `${f.open}${c.topic}${f.colon}`,
        said.topic,
        `${f.comma}${c.by}${f.colon}`,
        person(said.by),
        f.close,
      ),
      said.followUp !== null &&
        paragraph(
          said.followUp.done ? f.owed.done : c.open,
          ...(said.followUp.note.length > 0 ? [f.open, said.followUp.note, f.close] : []),
          f.stop,
        ),
    );
  },
  circle: (words, { said }) => [line(words, words.f.circle, joined(words.f.listing, said.words))],

  hearing: (words, { said }) => {
    const h = words.f.hearing;
    return [
      line(words, h.matter, said.matter),
      line(words, h.how, said.how),
      line(words, h.enrolBy, formatDateTime(words.lang, said.enrolBy)),
      line(
        words,
        h.places,
        joined(
          words.f.listing,
          said.places.map(({ name, seats }) => [...name, { text: ` ${h.seats({ seats })}` }]),
        ),
      ),
    ];
  },
  draw: (words, { said }) => {
    const d = words.f.draw;
    const numbers = (all: readonly number[]): string => (all.length === 0 ? words.f.none : all.join(words.f.listing));
    return [
      line(words, d.title, d.enrolled(said)),
      line(words, d.source, said.source, words.f.comma, said.value),
      table(
        d.heads,
        said.places.map(({ name, seated, reserves }): Part[] => [name, numbers(seated), numbers(reserves)]),
      ),
      paragraph(d.again),
    ];
  },
  'hearing-report': (words, { said }) => {
    const r = words.f.hearingReport;
    return blocks(line(words, r.title, r.counts({ ...said, ...said.verdicts })));
  },

  matter: (words, { said }) => matter(words, said),
  positions: (words, { said: { parties } }) => {
    const { f, w } = words;
    return [
      line(words, f.positions.title),
      table(
        f.positions.heads,
        parties.map(({ party, position, by, text }): Part[] => [
          party,
          w.meeting.partyPositions[position],
          person(by),
          text,
        ]),
      ),
    ];
  },
  conclusion: (words, { said }) => {
    const { f, w } = words;
    return blocks(
      line(
        words,
        f.conclusion.title,
        w.meeting.outcomes[said.outcome],
        ...(said.text.length > 0 ? [f.stop, said.text] : []),
      ),
      said.amountFen !== null && line(words, f.conclusion.amount, formatYuan(said.amountFen)),
      said.dueOn !== null &&
        line(words, f.owed.owner, said.owner, `${f.comma}${f.owed.due}${f.colon}${dayOf(words, said.dueOn)}`),
      said.withdrawn !== null && line(words, f.conclusion.withdrawn, said.withdrawn),
    );
  },
  countersigned: (words, { said }) => {
    const { f } = words;
    const c = f.countersigned;
    return blocks(
      line(words, c.title, c.put({ at: formatTime(said.at), digest: said.digest.slice(0, 16) })),
      said.parties.length > 0 &&
        table(
          c.heads,
          said.parties.map(({ party, by, statement, way, text }): Part[] => [
            party,
            by === '' ? '' : person(by),
            `${c.statements[statement]}${way === 'paper' ? inBrackets(words, c.onPaper) : ''}`,
            text,
          ]),
        ),
    );
  },
};
