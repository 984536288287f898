// A session that decides on money in two envelopes of one fund, played through the law with books beside it: awards booked, one that passes
// and does not fit, one corrected away and one corrected into being. Called by the tests of the law, of its log and of its words.
import type { AwardEvents, FundsFact } from '#lib/domain/meeting/awards.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import { official } from '#lib/domain/meeting/words.ts';
import { LawWorld, seatOf, votingItem } from './law-world.ts';

/** What an office would keep: the fact the law decides on, moved by the award events it appends. */
export class LawBooks {
  fact: FundsFact;

  constructor(poolFen: number, envelopes: Readonly<Record<string, number>>) {
    const names: Readonly<Record<string, string>> = { E1: '为老服务', E3: '环境与安全' };
    const fund = {
      fundId: 'F1',
      name: '定额资助资金',
      totalFen: poolFen,
      poolFen,
      envelopes: Object.entries(envelopes).map(([envelopeId, capFen]) => ({
        envelopeId,
        name: names[envelopeId] ?? envelopeId,
        capFen,
        roomFen: capFen,
      })),
    };
    this.fact = { funds: [fund], reservedFen: {} };
  }

  /** Somebody else books outside the meeting. */
  move(envelopeId: string, byFen: number): void {
    this.fact = {
      ...this.fact,
      funds: this.fact.funds.map((fund) => ({
        ...fund,
        poolFen: fund.poolFen - byFen,
        envelopes: fund.envelopes.map((each) =>
          each.envelopeId === envelopeId ? { ...each, roomFen: each.roomFen - byFen } : each,
        ),
      })),
    };
  }

  book(events: readonly MeetingEvent[]): void {
    for (const { type, payload } of events) {
      if (type === 'AwardBooked') {
        const { awardId, amountFen, envelopeId } = payload as AwardEvents['AwardBooked'];
        this.move(envelopeId, amountFen);
        this.fact = { ...this.fact, reservedFen: { ...this.fact.reservedFen, [awardId]: amountFen } };
      }
      if (type === 'AwardReleased') {
        const { awardId, releasedFen, envelopeId } = payload as AwardEvents['AwardReleased'];
        this.move(envelopeId, -releasedFen);
        const left = (this.fact.reservedFen[awardId] ?? 0) - releasedFen;
        this.fact = { ...this.fact, reservedFen: { ...this.fact.reservedFen, [awardId]: left } };
      }
    }
  }

  /** The contract of an award is signed: the books do not take it back by themselves any more. */
  contract(awardId: string): void {
    this.fact = { ...this.fact, reservedFen: { ...this.fact.reservedFen, [awardId]: 0 } };
  }
}

export class AwardWorld extends LawWorld {
  readonly books: LawBooks;

  constructor({
    poolFen = 40_000_000,
    envelopes = { E1: 12_500_000, E3: 15_000_000 } as Readonly<Record<string, number>>,
    items = [
      ['P1', 9_600_000, 'E1'],
      ['P3', 7_000_000, 'E3'],
      ['P4', 8_000_000, 'E3'],
      ['P6', 4_200_000, 'E3'],
    ] as readonly (readonly [string, number, string])[],
  } = {}) {
    super({
      items: items.map(([id, amountFen, envelopeId]) =>
        votingItem(id, amountFen, {
          decides: { title: official(`资助 ${id}`), amountFen, projectId: `project-${id}`, envelopeId },
        }),
      ),
    });
    this.books = new LawBooks(poolFen, envelopes);
  }

  override ask(...asked: Parameters<LawWorld['ask']>): ReturnType<LawWorld['ask']> {
    // The books are as they are the moment they are asked; a meeting that is only being drafted has none yet.
    if (this.books) this.facts = { ...this.facts, funds: this.books.fact };
    return super.ask(...asked);
  }

  override do(...asked: Parameters<LawWorld['do']>): MeetingEvent[] {
    const events = super.do(...asked);
    this.books?.book(events);
    return events;
  }

  decideOn(itemId: string, yes = 15, no = 6): this {
    this.debate(itemId);
    return this.vote({ for: yes, against: no }) as this;
  }

  /** A paper of the last vote is put right: this seat's choice becomes `choice`. */
  correctLast(id: string, choice: string): MeetingEvent[] {
    const pollId = this.lastPollId();
    this.correct(pollId, id, choice);
    this.facts = { ...this.facts, sheet: { sheetId: 'sheet-2', pollId, confirmed: true, reason: '看错一行' } };
    return this.do('M03', { type: 'supersedeResult', pollId, sheetId: 'sheet-2' });
  }
}

/** Everything an award can meet, once each, adjourned at the end. */
export function playAwardSession(): AwardWorld {
  const world = new AwardWorld();
  world.open();
  world.debate('P1');
  world.do('M03', { type: 'reduceAmount', amountFen: 9_000_000, reason: '核减宣传物资' });
  world.vote({ for: 18, against: 2, abstain: 1 });
  world.decideOn('P3', 8, 13);
  world.do('M20', {
    type: 'moveMotion',
    seatId: seatOf('M20'),
    title: '资助 P3（重新提出）',
    text: '',
    amountFen: 6_500_000,
    ownersMatter: 'none',
    listing: null,
    renewsMotionId: world.motionId(),
  });
  world.do('M18', { type: 'secondMotion', motionId: world.motionId(), seatId: seatOf('M18') });
  world.do('M01', { type: 'stateMotion', motionId: world.motionId() });
  world.do('M01', { type: 'openDebate' });
  world.vote({ for: 14, against: 7 });
  world.decideOn('P4', 11, 10);
  // One paper less for it and it has failed; the room it had goes back.
  world.correctLast('M07', 'against');
  world.books.move('E3', 5_000_000);
  world.decideOn('P6', 14, 7);
  world.do('M01', { type: 'closeItem' });
  world.do('M01', { type: 'adjournMeeting', leaveUnfinished: false });
  return world;
}
