// The books by hand, each refusal once, and random histories: after every step the books balance and nothing is overdrawn.
import { describe, expect, it } from 'vitest';
import { randomFrom } from '#tests/support/random.ts';
import { isGiver, sideOf, type AccountKind } from './accounts.ts';
import * as law from './bookings.ts';
import { balanceOf, emptyBooks, post, type Books, type Posting } from './books.ts';
import { isLedgerRefusal, type LedgerRefusal } from './refusal.ts';

const fundId = 'f';
const envelopeId = 'e';

function posted(books: Books, posting: Posting | LedgerRefusal): Books {
  if (isLedgerRefusal(posting)) throw new Error(`${posting.rule} ${posting.reason}`);
  const after = post(books, posting);
  if (isLedgerRefusal(after)) throw new Error(`${after.rule} ${after.reason}`);
  return after;
}

/** 400 yuan in the pool, a ceiling of 150. */
function opened(): Books {
  const funded = posted(emptyBooks, law.allot({ fundId, sourceId: 's', amountFen: 40_000 }));
  return posted(funded, law.setCeiling(funded, { envelopeId, capFen: 15_000 }));
}

const awarded = (amountFen = 9_000): Books => {
  const books = opened();
  return posted(books, law.award(books, { fundId, envelopeId, awardId: 'a', amountFen }));
};

const plan = [50, 40, 10].map((share) => ({ name: `${share}`, share, condition: '' }));
const contracted = (): Books => {
  const books = awarded();
  return posted(books, law.commit(books, { awardId: 'a', plan, trancheIds: ['t1', 't2', 't3'] }));
};

const figures = (books: Books) =>
  Object.fromEntries([...books].filter(([, fen]) => fen !== 0).sort(([one], [other]) => (one < other ? -1 : 1)));

describe('the life of an award', () => {
  it('[B4] takes an award out of the pool and out of its envelope', () =>
    expect(figures(awarded())).toEqual({
      'ceiling:e': -15_000,
      'pool:f': 31_000,
      'reserved:a': 9_000,
      'room:e': 6_000,
      'source:s': -40_000,
      'used:e': 9_000,
    }));

  it('[B4] refuses an award its envelope or the pool does not hold, with the figures', () => {
    const books = awarded();
    expect(law.award(books, { fundId, envelopeId, awardId: 'b', amountFen: 6_001 })).toMatchObject({
      rule: 'B4',
      reason: 'over-envelope',
      params: { amountFen: 6_001, roomFen: 6_000, poolFen: 31_000 },
    });
    const raised = posted(books, law.setCeiling(books, { envelopeId, capFen: 90_000 }));
    expect(law.award(raised, { fundId, envelopeId, awardId: 'b', amountFen: 31_001 })).toMatchObject({
      reason: 'over-pool',
    });
    expect(isLedgerRefusal(law.award(raised, { fundId, envelopeId, awardId: 'b', amountFen: 31_000 }))).toBe(false);
  });

  it('[B4] says beforehand what would be short, and by how much', () => {
    expect(law.awardFit({ roomFen: 0, poolFen: 35_000 }, 4_200)).toEqual({
      short: 'envelope',
      roomFen: 0,
      poolFen: 35_000,
      missingFen: 4_200,
    });
    expect(law.awardFit({ roomFen: 9_000, poolFen: 100 }, 150)).toMatchObject({ short: 'pool', missingFen: 50 });
    expect(law.awardFit({ roomFen: 150, poolFen: 150 }, 150)).toMatchObject({ short: null, missingFen: 0 });
  });

  it('[B5] gives back what is reserved, to the pool and to the room, and no more', () => {
    const books = awarded();
    expect(law.reduce(books, { fundId, envelopeId, awardId: 'a', byFen: 9_001 })).toMatchObject({ rule: 'B5' });
    const reduced = posted(books, law.reduce(books, { fundId, envelopeId, awardId: 'a', byFen: 9_000 }));
    expect(figures(reduced)).toEqual(figures(opened()));
  });

  it('[B5] lowers a ceiling to what is used and no further', () => {
    const books = awarded();
    expect(law.setCeiling(books, { envelopeId, capFen: 8_999 })).toMatchObject({ reason: 'ceiling-below-used' });
    const lowered = posted(books, law.setCeiling(books, { envelopeId, capFen: 9_000 }));
    expect(balanceOf(lowered, 'room', envelopeId)).toBe(0);
  });

  it('[B6] commits the whole award once, in tranches', () => {
    const books = contracted();
    expect(['reserved:a', 'committed:t1', 'committed:t2', 'committed:t3'].map((id) => books.get(id))).toEqual([
      0, 4_500, 3_600, 900,
    ]);
    expect(law.commit(books, { awardId: 'a', plan, trancheIds: ['x', 'y', 'z'] })).toMatchObject({
      reason: 'nothing-to-contract',
    });
    expect(law.commit(awarded(2), { awardId: 'a', plan, trancheIds: ['x', 'y', 'z'] })).toMatchObject({
      reason: 'plan-unfit',
    });
  });

  it('[B7] pays in turn, when the condition is recorded, once', () => {
    const books = contracted();
    expect(law.pay(books, { trancheId: 't1', earlierIds: [], isMet: false })).toMatchObject({
      reason: 'tranche-not-due',
    });
    expect(law.pay(books, { trancheId: 't2', earlierIds: ['t1'], isMet: true })).toMatchObject({
      reason: 'tranche-out-of-turn',
      params: { earlier: 1 },
    });
    const paid = posted(books, law.pay(books, { trancheId: 't1', earlierIds: [], isMet: true }));
    expect(balanceOf(paid, 'paid', 't1')).toBe(4_500);
    expect(law.pay(paid, { trancheId: 't1', earlierIds: [], isMet: true })).toMatchObject({
      reason: 'tranche-not-waiting',
    });
    expect(isLedgerRefusal(law.pay(paid, { trancheId: 't2', earlierIds: ['t1'], isMet: true }))).toBe(false);
  });

  it('[B8] holds a tranche back, frees it, and gives it back to pool and envelope', () => {
    const books = contracted();
    expect(law.unfreeze(books, { trancheId: 't3' })).toMatchObject({ reason: 'tranche-not-frozen' });
    const frozen = posted(books, law.freeze(books, { trancheId: 't3' }));
    expect(law.pay(frozen, { trancheId: 't3', earlierIds: [], isMet: true })).toMatchObject({ rule: 'B7' });
    expect(law.freeze(frozen, { trancheId: 't3' })).toMatchObject({ reason: 'tranche-not-waiting' });
    expect(figures(posted(frozen, law.unfreeze(frozen, { trancheId: 't3' })))).toEqual(figures(books));
    const released = posted(frozen, law.release(frozen, { fundId, envelopeId, trancheId: 't3' }));
    expect([balanceOf(released, 'pool', fundId), balanceOf(released, 'room', envelopeId)]).toEqual([31_900, 6_900]);
    expect(law.release(released, { fundId, envelopeId, trancheId: 't3' })).toMatchObject({ rule: 'B8' });
  });

  it('[B9] recovers what was paid, at most all of it', () => {
    const books = contracted();
    const paid = posted(books, law.pay(books, { trancheId: 't1', earlierIds: [], isMet: true }));
    const of = { fundId, envelopeId, trancheId: 't1' };
    expect(law.recover(paid, { ...of, amountFen: 4_501 })).toMatchObject({ reason: 'over-paid' });
    const partly = posted(paid, law.recover(paid, { ...of, amountFen: 500 }));
    expect([balanceOf(partly, 'paid', 't1'), balanceOf(partly, 'room', envelopeId)]).toEqual([4_000, 6_500]);
  });

  it('[B3] puts a slip right by handing back, never more than no award holds', () => {
    const books = awarded();
    expect(law.handBack(books, { fundId, sourceId: 's', amountFen: 31_001 })).toMatchObject({ reason: 'over-pool' });
    const less = posted(books, law.handBack(books, { fundId, sourceId: 's', amountFen: 31_000 }));
    expect(balanceOf(less, 'source', 's')).toBe(-9_000);
  });
});

describe('what may never be posted', () => {
  const pair = (from: AccountKind, to: AccountKind, amountFen: number): Posting => ({
    kind: 'award',
    entries: [
      { kind: from, ownerId: 'x', amountFen: -amountFen },
      { kind: to, ownerId: 'y', amountFen },
    ],
  });

  it.each([
    ['one side only', { kind: 'allot', entries: [{ kind: 'pool', ownerId: 'f', amountFen: 1 }] }],
    ['nothing at all', { kind: 'allot', entries: [] }],
    ['money for room', pair('source', 'room', 1)],
  ] as [string, Posting][])('[B1] %s does not balance', (_, posting) =>
    expect(post(opened(), posting)).toMatchObject({ rule: 'B1', reason: 'books-unbalanced' }),
  );

  it.each([0, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('[B1] %d fen is no amount', (amountFen) =>
    expect(post(opened(), pair('source', 'pool', amountFen))).toMatchObject({ reason: 'amount-unfit' }),
  );

  it.each([-1, 0, 1.5, 1e15])('[B1] nobody awards, allots or caps %d fen', (amountFen) => {
    expect(law.award(opened(), { fundId, envelopeId, awardId: 'b', amountFen })).toMatchObject({ rule: 'B1' });
    expect(law.allot({ fundId, sourceId: 's', amountFen })).toMatchObject({ rule: 'B1' });
    expect(law.setCeiling(opened(), { envelopeId, capFen: amountFen })).toMatchObject({ rule: 'B1' });
  });

  it('[B2] overdrawing an account, or a source that would hold money', () => {
    expect(post(opened(), pair('reserved', 'paid', 1))).toMatchObject({ rule: 'B2', reason: 'account-overdrawn' });
    expect(post(emptyBooks, pair('pool', 'source', 1))).toMatchObject({ rule: 'B2' });
    expect(post(emptyBooks, pair('paid', 'source', 1))).toMatchObject({ rule: 'B2' });
  });
});

describe('random histories', () => {
  interface Living {
    readonly awardId: string;
    readonly envelopeId: string;
    trancheIds: string[];
    readonly met: Set<string>;
  }

  function step(random: ReturnType<typeof randomFrom>, books: Books, awards: Living[], turn: number) {
    const envelope = random.pick(['e1', 'e2', 'e3']);
    const amountFen = random.below(60) - 2;
    const one = awards.length > 0 ? random.pick(awards) : null;
    const tranche = one && one.trancheIds.length > 0 ? random.pick(one.trancheIds) : 'none';
    const of = { fundId, envelopeId: one?.envelopeId ?? envelope };
    const deeds: (() => Posting | LedgerRefusal)[] = [
      () => law.allot({ fundId, sourceId: random.pick(['s1', 's2']), amountFen: amountFen * 3 }),
      () => law.handBack(books, { fundId, sourceId: random.pick(['s1', 's2']), amountFen }),
      () => law.setCeiling(books, { envelopeId: envelope, capFen: amountFen * 4 }),
      () => {
        const awardId = `a${turn}`;
        const made = law.award(books, { fundId, envelopeId: envelope, awardId, amountFen });
        if (!isLedgerRefusal(made)) awards.push({ awardId, envelopeId: envelope, trancheIds: [], met: new Set() });
        return made;
      },
      () => law.reduce(books, { ...of, awardId: one?.awardId ?? 'none', byFen: amountFen }),
      () => {
        const trancheIds = plan.map((_, index) => `${one?.awardId}.${index}`);
        const made = law.commit(books, { awardId: one?.awardId ?? 'none', plan, trancheIds });
        if (one && !isLedgerRefusal(made)) one.trancheIds = trancheIds;
        return made;
      },
      () => {
        one?.met.add(tranche);
        const at = one?.trancheIds.indexOf(tranche) ?? -1;
        const earlierIds = one?.trancheIds.slice(0, Math.max(0, at)) ?? [];
        return law.pay(books, { trancheId: tranche, earlierIds, isMet: random.below(3) > 0 });
      },
      () => law.freeze(books, { trancheId: tranche }),
      () => law.unfreeze(books, { trancheId: tranche }),
      () => law.release(books, { ...of, trancheId: tranche }),
      () => law.recover(books, { ...of, trancheId: tranche, amountFen }),
    ];
    return random.pick(deeds)();
  }

  const kindOf = (id: string): AccountKind => id.split(':')[0] as AccountKind;

  /** What is wrong with the books; nothing, at every moment. */
  function faultsOf(books: Books, awards: readonly Living[]): string[] {
    const faults: string[] = [];
    const sums = { money: 0, ceiling: 0 };
    for (const [id, fen] of books) {
      const kind = kindOf(id);
      sums[sideOf(kind)] += fen;
      if (isGiver(kind) ? fen > 0 : fen < 0) faults.push(`${id} ${fen}`);
    }
    if (sums.money !== 0 || sums.ceiling !== 0) faults.push(JSON.stringify(sums));
    // What an envelope says is used is where its awards' money is.
    for (const envelope of ['e1', 'e2', 'e3']) {
      const held = awards
        .filter((each) => each.envelopeId === envelope)
        .flatMap(({ awardId, trancheIds }) => [
          balanceOf(books, 'reserved', awardId),
          ...trancheIds.flatMap((id) =>
            (['committed', 'frozen', 'paid'] as const).map((at) => balanceOf(books, at, id)),
          ),
        ])
        .reduce((sum, fen) => sum + fen, 0);
      if (balanceOf(books, 'used', envelope) !== held) faults.push(`${envelope} holds ${held}`);
    }
    return faults;
  }

  it('[B1] [B2] keep both sides at zero and nothing overdrawn after every step', () => {
    const reached = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = randomFrom(seed);
      let books = emptyBooks;
      const awards: Living[] = [];
      for (let turn = 0; turn < 150; turn += 1) {
        const posting = step(random, books, awards, turn);
        if (isLedgerRefusal(posting)) {
          reached.add(posting.reason);
          continue;
        }
        reached.add(posting.kind);
        // What the law offers is always good to post.
        books = posted(books, posting);
        const faults = faultsOf(books, awards);
        if (faults.length > 0) expect(faults, `seed ${seed}, turn ${turn}`).toEqual([]);
      }
    }
    expect([...reached].sort()).toEqual(
      expect.arrayContaining([
        'allot',
        'award',
        'commit',
        'freeze',
        'hand_back',
        'over-envelope',
        'over-paid',
        'over-pool',
        'over-reserved',
        'pay',
        'recover',
        'reduce',
        'release',
        'set_ceiling',
        'tranche-out-of-turn',
        'unfreeze',
      ]),
    );
  });
});
