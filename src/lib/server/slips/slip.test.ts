// What every use of a bearer's slip owes whoever prints and holds one: one suite, held against all three on a real PostgreSQL.
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/protocol/ids.ts';
import { printSlips, revokeSlip as revokeBallotSlip, slipByCode } from '#lib/server/allocations/slips.ts';
import { draftAppraisal, openAppraisal } from '#lib/server/appraisals/appraisals.ts';
import { formForSlip } from '#lib/server/appraisals/forms.ts';
import { callBackSlips, issueAppraisalSlips } from '#lib/server/appraisals/slips.ts';
import { issueSlips, readSlip, revokeSlip, slipsOf } from '#lib/server/auth/slips.ts';
import { client, db } from '#lib/server/db/client.ts';
import { projects } from '#lib/server/db/schema/index.ts';
import { aCall } from '#tests/support/funding-vote.ts';
import { aPerson } from '#tests/support/world.ts';
import { newSlips } from './slip.ts';

interface Use {
  readonly table: string;
  /** Prints so many slips of this use. */
  readonly print: (howMany: number) => Promise<readonly string[]>;
  /** What the page behind a typed code gets: a refusal, or what the slip opens. */
  readonly open: (typed: string) => Promise<object>;
  /** Voids every slip printed so far that was not used. */
  readonly makeVoid: () => Promise<void>;
  readonly unknown: string;
  readonly voided: string;
}

/** One slip a person, so the people are made with them. */
async function seats(meetingId: string, communityId: string): Promise<Use> {
  return {
    table: 'slips',
    print: async (howMany) => {
      const people = await Promise.all(Array.from({ length: howMany }, () => aPerson({ communityId })));
      const issued = await issueSlips(
        meetingId,
        people.map(({ personId }) => personId),
      );
      return issued.map(({ code }) => code);
    },
    open: readSlip,
    makeVoid: async () => {
      for (const { slipId } of await slipsOf(meetingId)) await revokeSlip(meetingId, slipId);
    },
    unknown: 'slip-unknown',
    voided: 'slip-revoked',
  };
}

async function uses(): Promise<readonly Use[]> {
  const { ids, meetingId, callId, as } = await aCall({ voters: 'both' });
  const desk = as('M03');
  let printed = 0;
  const projectId = newId();
  const project = { id: projectId, communityId: ids.communityId, code: projectId, name: '银龄守护' };
  await db.insert(projects).values({ ...project, status: 'completed', createdAt: Date.now() });
  const terms = {
    rules: { passRatio: { numerator: 4, denominator: 5 }, minValid: 1 },
    groups: ['受益老人'],
    items: [],
  };
  const drafted = await draftAppraisal(projectId, terms, ids.people.M03 ?? '');
  if ('refused' in drafted) throw new Error(drafted.reason);
  const { appraisalId } = drafted;
  return [
    await seats(meetingId, ids.communityId),
    {
      table: 'ballot_slips',
      print: async (howMany) => {
        const slips = await printSlips(meetingId, callId, howMany, desk);
        if ('refused' in slips) throw new Error(slips.reason);
        printed = Math.max(printed, ...slips.map(({ number }) => number));
        return slips.map(({ code }) => code);
      },
      open: slipByCode,
      makeVoid: async () => {
        for (let number = 1; number <= printed; number += 1)
          expect(await revokeBallotSlip(meetingId, callId, number, desk)).toBeNull();
      },
      unknown: 'unknown-slip',
      voided: 'slip-revoked',
    },
    {
      table: 'appraisal_slips',
      print: async (howMany) => {
        const slips = await issueAppraisalSlips(appraisalId, '受益老人', howMany);
        if ('refused' in slips) throw new Error(slips.reason);
        await openAppraisal(appraisalId);
        return slips.map(({ code }) => code);
      },
      open: formForSlip,
      makeVoid: async () => {
        await callBackSlips(appraisalId, '受益老人');
      },
      unknown: 'appraisal-slip-unknown',
      voided: 'appraisal-slip-unknown',
    },
  ];
}

it('a code is eight signs that nobody mistakes for another', () => {
  const codes = newSlips(200).map(({ code }) => code);
  expect(codes.every((code) => /^[A-HJKMNP-Z2-9]{8}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBe(200);
});

describe.each([
  ['a seat at a meeting', 0],
  ['a ballot on funds', 1],
  ["an appraisal's form", 2],
])('a slip for %s', (_name, at) => {
  let use: Use;
  beforeAll(async () => {
    use = (await uses())[at] as Use;
  });

  it('is stored as a digest alone', async () => {
    const codes = await use.print(2);
    const rows = JSON.stringify(await client`select * from ${client(use.table)}`);
    for (const code of codes) expect(rows).not.toContain(code);
  });

  it('opens however its code is typed, and reading uses nothing up', async () => {
    const [code = ''] = await use.print(1);
    for (const typed of [code, code.toLowerCase(), ` ${code.slice(0, 4)} - ${code.slice(4)}`])
      expect(await use.open(typed)).not.toHaveProperty('refused');
  });

  it('is refused where there is none of that code', async () => {
    for (const typed of ['', '1', 'ABCDEFG0', 'ABCDEFGH', '\0'])
      expect(await use.open(typed)).toMatchObject({ reason: use.unknown });
  });

  it('is good from whichever of two desks printed it at the same moment', async () => {
    const codes = (await Promise.all([use.print(20), use.print(20), use.print(20)])).flat();
    expect(new Set(codes).size).toBe(60);
    expect(await use.open(codes[59] ?? '')).not.toHaveProperty('refused');
  });

  it('opens nothing once it is void, and twice void changes nothing', async () => {
    const [code = ''] = await use.print(1);
    await use.makeVoid();
    await use.makeVoid();
    expect(await use.open(code)).toMatchObject({ reason: use.voided });
    const [next = ''] = await use.print(1);
    expect(await use.open(next)).not.toHaveProperty('refused');
  });
});
