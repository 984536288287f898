// "A count may be due at this meeting": said by the bookings when a vote closes and by the views when somebody at the desk looks, heard by
// whoever counts in this process (counts.ts). Saying it too often is harmless; unheard, it is said again at the next look.
type Counter = (meetingId: string) => Promise<void>;

let counter: Counter | null = null;

/** Called once by the process that counts. Returns the way to stop. */
export function whenCountIsDue(count: Counter): () => void {
  counter = count;
  return () => {
    counter = null;
  };
}

export const countIsDue = async (meetingId: string): Promise<void> => counter?.(meetingId);
