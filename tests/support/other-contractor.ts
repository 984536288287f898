// Another process of the program that signs a project's contract and never commits: for the test that kills it there.
import { db } from '#lib/server/db/client.ts';
import { takeStep } from '#lib/server/projects/steps.ts';
import { usualPlan, usualRecords } from './approved-project.ts';

const [communityId = '', projectId = ''] = process.argv.slice(2);
process.stdin.once('close', () => process.exit(0)).resume();
await db.transaction(async (tx) => {
  const said = { why: '签约', recorded: usualRecords.contract ?? {} };
  const refused = await takeStep(tx, communityId, projectId, 'contract', said, null, { plan: usualPlan });
  console.info(refused === null ? 'signed, not committed' : refused.reason);
  await new Promise(() => {});
});
