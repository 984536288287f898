// An event of the log in one plain sentence, given the state it led to. Used by the replay's list. Pure; every event type has its sentence,
// and the compiler says so when one is added.
import { envelopeAt } from '#lib/domain/meeting/awards.ts';
import { itemOf } from '#lib/domain/meeting/agenda.ts';
import type { MeetingEvent } from '#lib/domain/meeting/events.ts';
import type { MeetingState } from '#lib/domain/meeting/state.ts';
import { formatList, formatSpan, formatYuan } from '#lib/messages/format.ts';
import { openSpaceSentence } from './open-space-words.ts';
import type { Lang } from '#lib/messages/lang.ts';
import type { Messages } from '#lib/messages/zh-CN.ts';
import type { ReplayMessages } from '#lib/messages/zh-CN/replay.ts';
import { resultSentence } from '#lib/components/meeting/result-sentence.ts';
import { ruleWords } from '#lib/messages/allocation-words.ts';
import { followUpTextOf } from '#lib/components/meeting/follow-up-words.ts';
import { nameOf, participantName, partyName, stageName, textOf } from '#lib/components/meeting/seat-words.ts';

export function eventSentence(
  w: Messages,
  say: ReplayMessages,
  lang: Lang,
  after: MeetingState,
  event: MeetingEvent,
): string {
  const name = (seatId: string) => nameOf(w, after, seatId);
  const item = (itemId: string) => textOf(w, itemOf(after, itemId)?.title ?? null);
  const motion = (motionId: string) => textOf(w, after.motions.byId[motionId]?.title ?? null);
  switch (event.type) {
    case 'MeetingDrafted':
    case 'MeetingDescribed':
      return say[event.type]({ title: textOf(w, event.payload.title) });
    case 'MeetingConvened':
      return say.MeetingConvened({ seats: event.payload.seats.length, items: event.payload.items.length });
    case 'SessionOpened':
      return say.SessionOpened({ present: event.payload.present, expected: event.payload.expected });
    case 'SessionResumed':
    case 'MeetingAdjourned':
      return say[event.type]({ present: event.payload.present });
    case 'MeetingCancelled':
      return say.MeetingCancelled({ reason: textOf(w, event.payload.reason) });
    case 'CheckInOpened':
    case 'RecessCalled':
    case 'AgendaAdopted':
    case 'AgendaChangeProposed':
    case 'ItemPaused':
    case 'ItemResumed':
    case 'SeatDeclined':
    case 'FloorRequestWithdrawn':
    case 'SpeechPaused':
    case 'SpeechResumed':
    case 'DebateOpened':
    case 'AmendmentWithdrawn':
      return say[event.type];
    case 'AgendaChangeDecided':
      return event.payload.adopted ? say.AgendaChangeAdopted : say.AgendaChangeRejected;
    case 'ItemOpened':
      return say.ItemOpened({
        title: item(event.payload.itemId),
        minutes: Math.round(event.payload.allowedMs / 60_000),
      });
    case 'ItemClosed':
      return say.ItemClosed({ title: item(event.payload.itemId) });
    case 'ItemExtended':
    case 'SpeechExtended':
      return say[event.type]({ span: formatSpan(lang, event.payload.byMs) });
    case 'SeatRequested':
    case 'SeatAdmitted':
    case 'SeatLeft':
    case 'LeaveRecorded':
    case 'LeaveWithdrawn':
    case 'ProxyWithdrawn':
    case 'MotionSeconded':
    case 'AmendmentSeconded':
    case 'RecusalLifted':
      return say[event.type]({ name: name(event.payload.seatId) });
    case 'SeatWentAway':
    case 'SeatCameBack': {
      const said = { name: name(event.payload.seatId) };
      if (!after.participants.byId[event.payload.seatId]) return say[event.type](said);
      return event.type === 'SeatWentAway' ? say.ResidentWentAway(said) : say.SeatCameBack(said);
    }
    case 'SeatTaken': {
      const said = { name: name(event.payload.seatId), mode: w.meeting.modes[event.payload.mode] };
      return event.payload.assisted ? say.SeatTakenAssisted(said) : say.SeatTaken(said);
    }
    case 'SeatModeChanged':
      return say.SeatModeChanged({ name: name(event.payload.seatId), mode: w.meeting.modes[event.payload.mode] });
    case 'ProxyGranted':
      return say.ProxyGranted({ name: name(event.payload.seatId), holder: name(event.payload.holderSeatId) });
    case 'FloorRequested':
      return say.FloorRequested({
        name: name(event.payload.seatId),
        stance: event.payload.pointOfOrder ? w.meeting.pointOfOrder : w.meeting.stances[event.payload.stance],
      });
    case 'FloorGiven': {
      const { request, reason, override } = event.payload;
      return override
        ? say.FloorGivenOverride({ name: name(request.seatId), reason: textOf(w, override) })
        : say.FloorGiven({ name: name(request.seatId), reason: w.meeting.queueReasons[reason] });
    }
    case 'SpeechEnded':
      return say.SpeechEnded({ name: name(event.payload.seatId), span: formatSpan(lang, event.payload.spentMs) });
    case 'MotionMoved':
      return event.payload.moverSeatId === null
        ? say.MotionPutByAgenda({ title: textOf(w, event.payload.title) })
        : say.MotionMoved({ title: textOf(w, event.payload.title), mover: name(event.payload.moverSeatId) });
    case 'MotionStated':
    case 'MotionWithdrawn':
      return say[event.type]({ title: motion(event.payload.motionId) });
    case 'MotionReferred':
      return say.MotionReferred({ title: motion(event.payload.motionId), reason: textOf(w, event.payload.reason) });
    case 'AmendmentMoved':
      return say.AmendmentMoved({ name: name(event.payload.seatId), text: textOf(w, event.payload.text) });
    case 'AmountReduced':
      return say.AmountReduced({ from: formatYuan(event.payload.fromFen), to: formatYuan(event.payload.toFen) });
    case 'RecusalDeclared':
      return say.RecusalDeclared({ name: name(event.payload.seatId), reason: textOf(w, event.payload.reason) });
    case 'PollOpened': {
      const { frame } = event.payload;
      const question = textOf(w, frame.question);
      return frame.kind === 'straw' ? say.StrawOpened({ question }) : say.PollOpened({ question, base: frame.base });
    }
    case 'PollClosed':
      // The count is known to the log from here on, and to the room from the announcement on: the list follows the room.
      return say.PollClosed({ voted: event.payload.result.voted });
    case 'ResultAnnounced': {
      const poll = after.polls.byId[event.payload.pollId];
      return say.ResultAnnounced({
        result: poll ? resultSentence(w, lang, poll, after.allocations.outcomes[event.payload.pollId]) : '',
      });
    }
    case 'CallPut': {
      const { title, ruleId } = event.payload.facts;
      return say.CallPut({ title, rule: ruleWords(w, ruleId).name });
    }
    case 'CallWithdrawn':
      return say.CallWithdrawn({ title: after.allocations.byId[event.payload.callId]?.title ?? '' });
    case 'TieDeclared': {
      const { callId, projectId, seatId, reason } = event.payload;
      const project = after.allocations.byId[callId]?.call.projects.find(({ id }) => id === projectId);
      return say.TieDeclared({ name: name(seatId), project: project?.name ?? projectId, reason: textOf(w, reason) });
    }
    case 'BallotsCounted':
      return event.payload.outcome.kind === 'counted' ? say.BallotsCounted : say.CountFailed;
    case 'FundsRead':
      return say.FundsRead({
        pool: formatYuan(event.payload.funds.reduce((sum, { poolFen }) => sum + poolFen, 0)),
      });
    case 'AwardBooked':
    case 'AwardNotBooked': {
      const { motionId, amountFen, envelopeId, roomFen, poolFen } = event.payload;
      const said = {
        title: motion(motionId),
        amount: formatYuan(amountFen),
        envelope: textOf(w, envelopeAt(after, envelopeId)?.envelope.name ?? null),
        room: formatYuan(roomFen),
        pool: formatYuan(poolFen),
      };
      if (event.type === 'AwardBooked') return say.AwardBooked(said);
      return say.AwardNotBooked[event.payload.short](said);
    }
    case 'AwardReleased': {
      const { releasedFen, keptFen } = event.payload;
      const released = formatYuan(releasedFen);
      return keptFen > 0
        ? say.AwardPartlyReleased({ released, kept: formatYuan(keptFen) })
        : say.AwardReleased({ released });
    }
    case 'PollVoided':
    case 'ResultSuperseded':
      return say[event.type]({ reason: textOf(w, event.payload.reason) });
    case 'QuestionBrought':
      return say.QuestionBrought({ name: name(event.payload.seatId), text: textOf(w, event.payload.text) });
    case 'QuestionAnswered':
      return say.QuestionAnswered({ answer: textOf(w, event.payload.answer) });
    case 'QuestionsSummed':
      return say.QuestionsSummed({ asked: event.payload.asked, answered: event.payload.answered });
    case 'StageEntered': {
      const { stage: id, allowedMs, reason } = event.payload;
      const stage = stageName(w, id);
      if (reason !== null) return say.StageWentBack({ stage, reason: textOf(w, reason) });
      return allowedMs === null
        ? say.StageEntered({ stage })
        : say.StageEnteredFor({ stage, minutes: Math.round(allowedMs / 60_000) });
    }
    case 'StageExtended':
      return say.StageExtended({ span: formatSpan(lang, event.payload.byMs) });
    case 'ParticipantEntered': {
      const said = { name: participantName(w, after, event.payload.participantId) };
      return event.payload.assistedBy === null ? say.ParticipantEntered(said) : say.ParticipantEnteredAssisted(said);
    }
    case 'HearingAnnounced':
      return say.HearingAnnounced({ count: event.payload.places.reduce((sum, { seats }) => sum + seats, 0) });
    case 'EnrolmentSealed':
      return say.EnrolmentSealed({ enrolled: event.payload.enrolled, entries: event.payload.entries });
    case 'RepresentativesDrawn':
      return say.RepresentativesDrawn({
        count: event.payload.drawn.reduce((sum, { seated }) => sum + seated.length, 0),
      });
    case 'CaptionAdded':
      return say.CaptionAdded({ text: textOf(w, event.payload.text) });
    case 'CaptionWithdrawn':
      return say.CaptionWithdrawn;
    case 'ReportPublished':
      return say.ReportPublished({ count: event.payload.opinions });
    case 'ParticipantLeft':
      return say.ParticipantLeft({ name: participantName(w, after, event.payload.participantId) });
    case 'MatterBrought': {
      const { matter } = event.payload;
      if (matter.kind === 'needs')
        return say.MatterNeeds({
          needs: formatList(
            lang,
            matter.needs.map(({ code, title }) => `${code} ${title}`),
          ),
        });
      if (matter.kind === 'follow_ups') return say.MatterFollowUps({ count: matter.followUpIds.length });
      const listing = w.meeting.listings[matter.listing ?? 'unclear'];
      return say.MatterTask({ code: matter.code, from: matter.sentBy, text: matter.text, listing });
    }
    case 'PositionStated': {
      const { partyId, position, text } = event.payload;
      return say.PositionStated({
        party: partyName(after, partyId),
        position: w.meeting.partyPositions[position],
        text: textOf(w, text),
      });
    }
    case 'ItemConcluded': {
      const { itemId, outcome, owner, dueOn } = event.payload;
      const said = { title: item(itemId), outcome: w.meeting.outcomes[outcome] };
      return owner === null || dueOn === null
        ? say.ItemFinished(said)
        : say.ItemConcluded({ ...said, owner: textOf(w, owner), due: dueOn });
    }
    case 'ConclusionWithdrawn':
      return say.ConclusionWithdrawn({ title: item(event.payload.itemId), reason: textOf(w, event.payload.reason) });
    case 'MinutesPut':
      return say.MinutesPut;
    case 'MinutesTakenBack':
      return say.MinutesTakenBack({ reason: textOf(w, event.payload.reason) });
    case 'MinutesCountersigned': {
      const { partyId, seatId, statement, text } = event.payload;
      const said = { party: partyName(after, partyId), name: name(seatId), text: textOf(w, text) };
      return statement === 'reserved' ? say.MinutesReserved(said) : say.MinutesCountersigned(said);
    }
    case 'SigningRefused':
      return say.SigningRefused({
        party: partyName(after, event.payload.partyId),
        reason: textOf(w, event.payload.reason),
      });
    case 'FollowUpsBrought': {
      const { followUps } = event.payload;
      const overdue = followUps.filter((each) => each.overdue).length;
      return say.FollowUpsBrought({ open: followUps.length, overdue });
    }
    case 'FollowUpSet': {
      const { text, owner, dueOn } = event.payload;
      return say.FollowUpSet({ text: textOf(w, text), owner: textOf(w, owner), due: dueOn });
    }
    case 'FollowUpSettled': {
      const { followUpId, outcome, dueOn } = event.payload;
      const said = { text: followUpTextOf(w, after, followUpId), note: textOf(w, event.payload.note) };
      return outcome === 'done' || dueOn === null
        ? say.FollowUpDone(said)
        : say.FollowUpExtended({ ...said, due: dueOn });
    }
    default:
      return openSpaceSentence(w, say, after, event);
  }
}
