// Freezing a hearing's report and opening it again: the same record, signing and bundle as the minutes have, of another text. Rule [O4].
import type { Actor } from '#lib/domain/actor.ts';
import { refuseOffice, type OfficeRefusal } from '#lib/protocol/office-refusals.ts';
import { caughtUp } from '#lib/server/meetings/copies.ts';
import { keepRecord, orRefused, Refused, toFreeze, voidRecord } from '#lib/server/minutes/freeze.ts';
import { countsOf, opinionsDigest, opinionsOf } from './opinions.ts';
import { reportText } from './report-text.ts';

/**
 * [O4] Freezes a hearing's report: every opinion with its answer, as it stands. From here on no answer changes unless the report is opened again.
 * Refused while an opinion waits for its answer.
 */
export const freezeReport = (
  meetingId: string,
  actor: Actor,
  site: string,
): Promise<{ readonly recordId: string; readonly docHash: string } | OfficeRefusal> =>
  orRefused(async (tx) => {
    const at = await toFreeze(tx, meetingId, 'report');
    if (!at.copy.state.hearing) throw new Refused(refuseOffice('not-there'));
    const opinions = await opinionsOf(meetingId, tx);
    const { answered, unanswered } = countsOf(opinions);
    if (unanswered > 0) throw new Refused(refuseOffice('report-unanswered', { count: unanswered }));
    const source = {
      ...{ documentId: 'opinions', frozenSeq: answered, documentHead: opinionsDigest(opinions) },
      text: reportText('zh-CN', at.copy.state, opinions),
      contributors: [],
    };
    return keepRecord(tx, at, 'report', source, actor, site);
  });

/** Opens the answers again, as long as the report is not published: what was signed is void and stays readable. */
export const reopenReport = (meetingId: string, reason: string): Promise<null | OfficeRefusal> =>
  orRefused(async (tx) => {
    await voidRecord(tx, meetingId, 'report', reason);
    if ((await caughtUp(meetingId, tx)).state.hearing?.report.published)
      throw new Refused(refuseOffice('report-published'));
    return null;
  });
