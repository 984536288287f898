// Counts a recount file under a rule: the one way the server's counting thread and a visitor's browser do it, so that they agree or both show
// why not. Pure but for its time, which may be long: never called on a thread that serves people.
import { countElection } from '#lib/domain/funding/count.ts';
import { unitsPerYuan } from '#lib/domain/funding/election.ts';
import { parsePb } from '#lib/domain/funding/pb.ts';
import type { CountAnswer, CountAsk } from './allocation.ts';

export function countFile({ file, ruleId }: CountAsk): CountAnswer {
  const reading = parsePb(file);
  // Our files are in whole fen; one finer than that is somebody else's.
  if (!reading.ok || unitsPerYuan(reading.election) !== 100) return { ok: false, why: 'unreadable' };
  try {
    const result = countElection(reading.election, ruleId);
    if (!result.ok) return { ok: false, why: 'unknown-rule' };
    const { winners, costFen, budgetFen, ties } = result;
    const { steps, reasons } = result.explain();
    const ballots = reading.election.ballots.length;
    return { ok: true, count: { ruleId, ballots, winners, costFen, budgetFen, ties, steps, reasons } };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, why: 'uncountable' };
    throw error;
  }
}
