// What a project's step means for its money, booked in the step's own transaction, so that a project and the books never part. Called by
// steps.ts under the locks of the project's funds and of the project, in that order; a refusal here undoes the whole step. The desk of funds
// asks `heldByProject` before it touches a project's award. Rules [J14] to [J17], [M7].
import { and, asc, eq, inArray, isNull, notExists } from 'drizzle-orm';
import { refuseBooking, type LedgerRefusal } from '#lib/domain/ledger/refusal.ts';
import { trancheCues, type TranchePlan } from '#lib/domain/ledger/tranches.ts';
import { transitions, type ProjectDeed, type Recorded } from '#lib/domain/projects/transitions.ts';
import { refuseService } from '#lib/domain/service-refusal.ts';
import { OfficeRefused, orThrow, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { db, type Queryable } from '#lib/server/db/client.ts';
import { awards, envelopes, funds, projects, tranches } from '#lib/server/db/schema/index.ts';
import {
  awardsOfProject,
  bookAward,
  commitAward,
  freezeProject,
  readAward,
  recordCondition,
  reduceAward,
  releaseProject,
  unfreezeProject,
} from '#lib/server/ledger/awards.ts';
import { lockFunds, type Occasion } from '#lib/server/ledger/books.ts';
import type { ProjectRow } from './steps.ts';

/** What the desk says beside the deed's record: where an approval by hand books its award, and how a contract is paid. */
export interface MoneyTerms {
  readonly envelopeId?: string;
  readonly plan?: TranchePlan;
}

/** Nobody else books for this project until the transaction ends. Before the project's own lock. */
export async function lockMoneyOf(tx: Queryable, projectId: string, { envelopeId }: MoneyTerms = {}): Promise<void> {
  const rows = await tx.select({ fundId: awards.fundId }).from(awards).where(eq(awards.projectId, projectId));
  const named =
    envelopeId === undefined
      ? []
      : await tx.select({ fundId: envelopes.fundId }).from(envelopes).where(eq(envelopes.id, envelopeId));
  await lockFunds(tx, [...new Set([...rows, ...named].map(({ fundId }) => fundId))]);
}

/** What the project's awards hold uncontracted, and the strictest grade among it and them. */
export async function moneyFacts(store: Queryable, project: ProjectRow) {
  const own = await awardsOfProject(project.id, store);
  return {
    reservedFen: own.reduce((sum, { reservedFen }) => sum + reservedFen, 0),
    ownersMatter:
      project.ownersMatter === 'none'
        ? (own.find(({ ownersMatter }) => ownersMatter !== 'none')?.ownersMatter ?? 'none')
        : project.ownersMatter,
  };
}

/**
 * [J15] Books the deed. Throws `OfficeRefused`: the caller's transaction goes with it. `in-session`: a meeting books its own awards and releases with
 * its own events.
 */
export async function bookDeed(
  tx: Queryable,
  project: ProjectRow,
  deed: ProjectDeed,
  { why, recorded }: { readonly why: string; readonly recorded: Recorded },
  terms: MoneyTerms | 'in-session',
  occasion: Occasion,
): Promise<void> {
  const projectId = project.id;
  switch (transitions[deed].money) {
    case 'award':
      if (terms !== 'in-session') await awardByHand(tx, project, { why, recorded }, terms, occasion);
      break;
    case 'giveBack':
      if (terms !== 'in-session') await releaseProject(projectId, occasion, tx);
      break;
    case 'commit':
      await contract(tx, project, terms === 'in-session' ? {} : terms, occasion);
      break;
    case 'freeze':
      await freezeProject(projectId, occasion, tx);
      break;
    case 'unfreeze':
      await unfreezeProject(projectId, occasion, tx);
      break;
    case 'release':
      await releaseProject(projectId, occasion, tx);
  }
  await meetConditions(tx, projectId, deed, evidenceOf(why, recorded), occasion);
}

async function awardByHand(
  tx: Queryable,
  project: ProjectRow,
  { why, recorded }: { readonly why: string; readonly recorded: Recorded },
  { envelopeId }: MoneyTerms,
  occasion: Occasion,
): Promise<void> {
  const [envelope] = await tx
    .select({ id: envelopes.id })
    .from(envelopes)
    .innerJoin(funds, eq(funds.id, envelopes.fundId))
    .where(and(eq(envelopes.id, envelopeId ?? ''), eq(funds.communityId, project.communityId)));
  const approvedFen = Number(recorded.approvedFen);
  const { reservedFen } = await moneyFacts(tx, project);
  if (reservedFen === approvedFen) return;
  if (reservedFen > 0)
    throw new OfficeRefused(refuseService('J14', 'project-award-differs', { reservedFen, approvedFen }));
  if (!envelope) throw new OfficeRefused(refuseService('J14', 'project-no-envelope'));
  orThrow(
    await bookAward(
      {
        envelopeId: envelope.id,
        title: project.name,
        payee: project.organisationName,
        projectId: project.id,
        ownersMatter: project.ownersMatter,
        basis: String(recorded.meeting ?? why),
        amountFen: approvedFen,
      },
      occasion,
      tx,
    ),
  );
}

async function contract(tx: Queryable, project: ProjectRow, { plan }: MoneyTerms, occasion: Occasion): Promise<void> {
  if (!plan) throw new OfficeRefused(refuseBooking('B6', 'plan-unfit', { most: 12 }));
  for (const { awardId, reservedFen } of await awardsOfProject(project.id, tx))
    if (reservedFen > 0)
      orThrow(await commitAward(awardId, plan, { ...occasion, payee: project.organisationName }, tx));
}

const evidenceOf = (why: string, { contractNumber }: Recorded): string =>
  (contractNumber === undefined ? why : `${contractNumber} · ${why}`).slice(0, 300);

/** [J16] The tranches that waited for this step are due, with what it said as the evidence. */
async function meetConditions(
  tx: Queryable,
  projectId: string,
  deed: ProjectDeed,
  evidence: string,
  occasion: Occasion,
) {
  const cue = trancheCues.find((each) => each === deed);
  if (cue === undefined) return;
  const waiting = await tx
    .select({ id: tranches.id })
    .from(tranches)
    .innerJoin(awards, eq(awards.id, tranches.awardId))
    .where(and(eq(awards.projectId, projectId), eq(tranches.dueAfter, cue), isNull(tranches.metAt)));
  for (const { id } of waiting) orThrow(await recordCondition(id, evidence, occasion, tx));
}

export type MoneyDeed = 'contract' | 'reduce' | 'meet' | 'pay' | 'freeze' | 'unfreeze' | 'release' | 'recover';

/** [J17] Why the desk of funds may not do this with an award: its project's own steps do. Null for an award of no project. */
export async function heldByProject(
  tx: Queryable,
  awardId: string,
  deed: MoneyDeed,
  trancheId?: string,
): Promise<LedgerRefusal | null> {
  const award = await readAward(awardId, tx);
  if (!award?.projectId) return null;
  const [project] = await tx
    .select({ status: projects.status })
    .from(projects)
    .where(eq(projects.id, award.projectId))
    .for('update');
  if (!project) return null;
  const tranche = award.tranches.find((each) => each.trancheId === trancheId);
  if (deed === 'contract' || deed === 'reduce' || deed === 'release') return refuseBooking('J17', 'award-of-project');
  if (deed === 'unfreeze' && project.status === 'rectifying') return refuseBooking('J17', 'project-being-put-right');
  return deed === 'meet' && tranche?.dueAfter ? refuseBooking('J16', 'tranche-waits-for-step') : null;
}

/** One deed of the desk of funds on an award, in one transaction with the question whether its project leaves it to that desk. */
export async function atDeskOfFunds<T>(
  award: { readonly awardId: string; readonly fundId: string },
  deed: MoneyDeed,
  doing: (tx: Queryable) => Promise<T>,
  trancheId?: string,
): Promise<T | OfficeRefusal> {
  return db.transaction(async (tx) => {
    await lockFunds(tx, [award.fundId]);
    return (await heldByProject(tx, award.awardId, deed, trancheId)) ?? doing(tx);
  });
}

/** [J17] [M6] After the decision and before the contract, with the applicant's consent: what was approved and what is reserved go down together. */
export async function reduceApproved(
  tx: Queryable,
  project: ProjectRow,
  toFen: number,
  occasion: Occasion,
): Promise<OfficeRefusal | null> {
  const { approvedFen } = project;
  if (!['approved', 'publicised'].includes(project.status) || approvedFen === null)
    return refuseService('J1', 'project-deed-out-of-turn');
  if (!Number.isSafeInteger(toFen) || toFen <= 0 || toFen >= approvedFen)
    return refuseService('J17', 'reduction-unfit', { approvedFen });
  const own = (await awardsOfProject(project.id, tx)).filter(({ reservedFen }) => reservedFen > 0);
  let left = approvedFen - toFen;
  for (const { awardId, reservedFen } of own) {
    const byFen = Math.min(left, reservedFen);
    if (byFen > 0) orThrow(await reduceAward(awardId, byFen, occasion, tx));
    left -= byFen;
  }
  await tx.update(projects).set({ approvedFen: toFen }).where(eq(projects.id, project.id));
  return null;
}

/** The envelopes a project of the community can be paid from. */
export const envelopesToChoose = (communityId: string) =>
  db
    .select({ envelopeId: envelopes.id, name: envelopes.name, fund: funds.name, year: funds.year })
    .from(envelopes)
    .innerJoin(funds, eq(funds.id, envelopes.fundId))
    .where(eq(funds.communityId, communityId))
    .orderBy(asc(funds.createdAt), asc(envelopes.position));

/** Projects that were approved and have nothing in the books: a fund's desk may name them when it books an award by hand. */
export const projectsToBookFor = (communityId: string) =>
  db
    .select({
      projectId: projects.id,
      code: projects.code,
      name: projects.name,
      organisationName: projects.organisationName,
      ownersMatter: projects.ownersMatter,
      approvedFen: projects.approvedFen,
    })
    .from(projects)
    .where(
      and(
        eq(projects.communityId, communityId),
        inArray(projects.status, ['approved', 'publicised']),
        notExists(db.select({ id: awards.id }).from(awards).where(eq(awards.projectId, projects.id))),
      ),
    )
    .orderBy(asc(projects.code));
