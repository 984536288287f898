// A published decision as open data in the manner of Popolo (events, motions, vote events, counts), for other systems. It says what the page says
// and names nobody.
import { totalsOf, type DecisionView } from '#lib/protocol/publication.ts';

const instantOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function decisionJson(view: DecisionView): Record<string, unknown> {
  const organization = { id: `${view.communityId}/council`, name: view.council, classification: 'council' };
  const event = {
    id: view.meeting.meetingId,
    name: view.meeting.title,
    location: view.meeting.place,
    start_date: instantOf(view.meeting.openedAt),
    end_date: instantOf(view.meeting.adjournedAt),
    organization_id: organization.id,
    attendance: view.attendance,
  };
  return {
    '@context': 'https://www.popoloproject.com/contexts/motion.jsonld',
    source: view.address,
    community: view.community,
    publication: {
      id: view.publicationId,
      classification: view.kind,
      identifier: `${view.year}-${view.number}`,
      title: view.title,
      published_at: instantOf(view.publishedAt),
      valid_from: view.fromDay,
      valid_until: view.untilDay,
      conclusions: view.conclusions,
      minutes: view.signing && { sha256: view.signing.docHash, edition: view.signing.edition },
      objections: view.objections.map(({ raisedAt, answer, answerReason, answeredAt }) => ({
        raised_at: instantOf(raisedAt),
        answer,
        reason: answerReason,
        answered_at: instantOf(answeredAt),
      })),
    },
    organization,
    event,
    motions: view.lines.map((line) => ({
      id: line.motionId,
      text: line.title,
      organization_id: organization.id,
      legislative_session_id: event.id,
      result: line.figures?.outcome ?? line.stage,
      project: line.projectCode,
      amount_fen: line.amountFen,
      vote_events: line.figures
        ? [
            {
              start_date: instantOf(line.figures.announcedAt),
              result: line.figures.outcome,
              secret: line.figures.secrecy === 'hidden',
              counts: [
                { option: 'yes', value: line.figures.for },
                { option: 'no', value: line.figures.against },
                { option: 'abstain', value: line.figures.abstain },
              ],
              base: line.figures.base,
              threshold: line.figures.threshold,
              present: line.figures.present,
              quorum: line.figures.quorumNeeded,
              recused: line.figures.recused,
            },
          ]
        : [],
    })),
    // Popolo has no word for what somebody owes by a day.
    action_items: view.owed.map(({ text, owner, dueOn }) => ({ text, responsible: owner, due_date: dueOn })),
    funded: view.funded,
    totals: totalsOf(view),
  };
}
