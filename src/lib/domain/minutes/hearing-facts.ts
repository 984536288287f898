// The facts of a hearing beside those of every session: its notice, the public draw of who represents, and what became of the opinions.
import type { FactMakers, Reading } from './fact.ts';

/** What was announced and drawn before the meeting was convened stands after what the meeting is. */
const afterMeeting = ({ events }: Reading): { readonly after?: number } => {
  const convened = events.find(({ type }) => type === 'MeetingConvened');
  return convened ? { after: convened.seq } : {};
};

export const hearingFacts: FactMakers = {
  HearingAnnounced: (_event, reading) => {
    const { hearing } = reading.end;
    if (!hearing) return null;
    const { matter, how, places, enrolBy } = hearing;
    const { said } = reading;
    return {
      part: 'opening',
      kind: 'hearing',
      said: {
        ...{ matter: said(matter), how: said(how), enrolBy },
        places: places.map(({ name, seats }) => ({ name: said({ text: name }), seats })),
      },
      ...afterMeeting(reading),
    };
  },
  RepresentativesDrawn: ({ payload: { publicValue, drawn } }, reading) => {
    const { hearing } = reading.end;
    if (!hearing) return null;
    const { said } = reading;
    const placeNamed = (placeKey: string): string => hearing.places.find(({ key }) => key === placeKey)?.name ?? '';
    return {
      part: 'opening',
      kind: 'draw',
      said: {
        enrolled: hearing.sealed?.enrolled ?? 0,
        entries: hearing.sealed?.entries ?? 0,
        source: said(hearing.publicSource),
        value: publicValue,
        places: drawn.map(({ placeKey, seated, reserves }) => ({
          ...{ name: said({ text: placeNamed(placeKey) }), seated, reserves },
        })),
      },
      ...afterMeeting(reading),
    };
  },
  ReportPublished: ({ payload }) => ({ part: 'closing', kind: 'hearing-report', said: payload }),
};
