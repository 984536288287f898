// What every request carries. Set by hooks.server.ts, read by loads and actions.
import type { Actor } from '#lib/domain/actor.ts';
import type { Lang, Preferences } from '#lib/messages/lang.ts';

declare global {
  namespace App {
    interface Locals {
      actor: Actor;
      /** How this reader wants to see pages; `lang` is the part the office needs for its answers. */
      preferences: Preferences;
      lang: Lang;
    }
    interface PageState {
      /** What the room shows beside what is going on now; null for nothing. */
      show?: string | null;
    }
  }
}

export {};
