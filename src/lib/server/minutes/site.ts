// The origin that passkeys and device keys of this installation sign for: its public name where it has one, else the address that was asked.
// Called when freezing, which writes it into the record, and by the pages that say where signing is possible.

export const signingSite = (url: URL): string => {
  const named = process.env.ORIGIN;
  return named ? new URL(named).origin : url.origin;
};
