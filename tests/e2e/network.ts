// A phone's way to the server, which can be lost and found again. Used by specs of voting and of the whole session.
// Only what a network can do: it never answers for the server.
import type { Page } from '@playwright/test';

export interface Network {
  /** Asks that left the phone, by name. */
  readonly sent: string[];
  lose(): Promise<void>;
  find(): void;
}

/** Call before the page opens the meeting: it stands between the page's socket and the server from then on. */
export async function networkOf(page: Page): Promise<Network> {
  let reachable = true;
  const sent: string[] = [];
  const open: (() => Promise<unknown>)[] = [];
  await page.routeWebSocket(/socket\.io/, (socket) => {
    // Nobody answers: as in a dead spot, the attempt just hangs until the phone gives it up.
    if (!reachable) return;
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const name = /^42\d*\["([^"]+)"/.exec(String(message))?.[1];
      if (name) sent.push(name);
      if (reachable) server.send(message);
    });
    server.onMessage((message) => {
      if (reachable) socket.send(message);
    });
    open.push(() => Promise.all([socket.close(), server.close()]));
  });
  return {
    sent,
    async lose() {
      reachable = false;
      await Promise.all(open.splice(0).map((close) => close()));
    },
    find() {
      reachable = true;
    },
  };
}
