// What every request carries. Set by hooks.server.ts, read by loads and actions.
import type { Actor } from '#lib/domain/actor.ts';

declare global {
  namespace App {
    interface Locals {
      actor: Actor;
    }
  }
}

export {};
