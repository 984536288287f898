// The structures of a funding count as sentences: why each project was or was not funded, what each step did, why a call, a ballot or a file is refused.
// Called by the results page, the big screen, the forms and the recount command. Pure; the language comes with the words.
import type { BallotRefusal, CallRefusal, ElectionRefusal } from '#lib/domain/funding/checks.ts';
import type { CountRefusal } from '#lib/domain/funding/count.ts';
import type { ExactNumber, Funding, Obstacle, Reason, Step } from '#lib/domain/funding/explanation.ts';
import type { PbRefusal } from '#lib/domain/funding/pb.ts';
import { countingRules } from '#lib/domain/funding/rules.ts';
import { formatList, formatNumber, formatYuan } from './format.ts';
import type { Lang } from './lang.ts';
import type { Messages } from './zh-CN.ts';

/** How things are called on this screen. */
export interface FundingNames {
  readonly project: (id: string) => string;
  readonly envelope: (id: string) => string;
  /** Money units in one yuan, as in the election; 100 if not given. */
  readonly perYuan?: number;
}

export class FundingSentences {
  readonly #lang: Lang;
  readonly #words: Messages['funding'];
  readonly #names: FundingNames;

  constructor(lang: Lang, messages: Pick<Messages, 'funding'>, names: FundingNames) {
    this.#lang = lang;
    this.#words = messages.funding;
    this.#names = names;
  }

  /** One or more whole sentences: funded or not, and why. */
  reason(reason: Reason): string {
    const { funded, notFunded, tiedWith } = this.#words;
    const said = reason.funded
      ? funded({ why: this.how(reason.how, reason.supporters) })
      : notFunded({ why: this.#joined(reason.obstacles.map((why) => this.obstacle(why, reason.supporters))) });
    if (reason.tiedWith.length === 0) return said;
    const others = formatList(this.#lang, reason.tiedWith.map(this.#names.project));
    return this.#joined([said, tiedWith({ others })]);
  }

  how(how: Funding, supporters: number): string {
    const words = this.#words.how;
    const count = formatNumber(supporters);
    switch (how.kind) {
      case 'by-score':
        if (how.measure === 'points') return words['by-points']({ score: wholeNumber(how.score), place: how.place });
        return words[`by-${how.measure}`]({ supporters: count, place: how.place });
      case 'by-shares': {
        const given = { supporters: count, pay: this.#money(how.payFen) };
        if (how.withTheirRest === 0) return words[how.perPoint ? 'by-point-shares' : 'by-shares'](given);
        const rest = { inFull: formatNumber(how.inFull), rest: formatNumber(how.withTheirRest) };
        return words[how.perPoint ? 'by-point-shares-rest' : 'by-shares-rest']({ ...given, ...rest });
      }
      case 'by-load':
        return words['by-load']({ supporters: count, load: this.#money(how.loadFen) });
      case 'in-best':
        return how.welfare === 'votes' ? words['in-best-votes']({ best: grouped(how.best) }) : words['in-best-cost'];
    }
  }

  obstacle(why: Obstacle, supporters: number): string {
    const words = this.#words.obstacles;
    switch (why.kind) {
      case 'over-budget':
        return words[why.kind]({ remaining: this.#money(why.remainingFen), missing: this.#money(why.missingFen) });
      case 'envelope-full':
        return words[why.kind]({
          envelope: this.#names.envelope(why.envelopeId),
          remaining: this.#money(why.remainingFen),
          missing: this.#money(why.missingFen),
        });
      case 'variant-taken':
      case 'stopped-at':
        return words[why.kind]({ other: this.#names.project(why.projectId) });
      case 'supporters-short':
        return words[why.kind]({
          supporters: formatNumber(supporters),
          hold: this.#money(why.holdFen),
          missing: this.#money(why.missingFen),
        });
      case 'no-supporters':
        return words[why.kind];
      case 'not-in-best':
        if (why.withIt === null) return words['no-combination'];
        if (why.withIt === why.best) return words['equal-best'];
        return why.welfare === 'votes'
          ? words['not-in-best-votes']({ best: grouped(why.best), withIt: grouped(why.withIt) })
          : words['not-in-best-cost'];
    }
  }

  /** A line beside the picture of a step. `supporters(id)` as in the reasons. */
  step(step: Step, supporters: (projectId: string) => number): string {
    const words = this.#words.steps;
    const remaining = this.#money(step.remainingFen);
    switch (step.kind) {
      case 'shares': {
        const perVoter = this.#money(wholePart(step.perVoter));
        return step.raisedYuan === 0
          ? words.shares({ perVoter })
          : words.sharesRaised({ perVoter, raised: formatNumber(step.raisedYuan) });
      }
      case 'completion':
        return words.completion({ measure: this.#words.measures[step.measure], remaining });
      case 'take':
        return words.take({ name: this.#names.project(step.projectId), remaining });
      case 'pass':
      case 'stop': {
        const why = this.obstacle(step.why, supporters(step.projectId));
        return words[step.kind]({ name: this.#names.project(step.projectId), why });
      }
    }
  }

  call(refusal: CallRefusal): string {
    const words = this.#words.callRefusals;
    switch (refusal.kind) {
      case 'no-projects':
      case 'no-seed':
      case 'bad-terms':
        return words[refusal.kind];
      case 'bad-id':
      case 'project-twice':
      case 'envelope-twice':
        return words[refusal.kind]({ id: refusal.id });
      case 'unknown-envelope':
      case 'variants-apart':
        return words[refusal.kind]({ project: this.#names.project(refusal.projectId) });
      case 'cost-above-every-source':
        return words[refusal.kind]({
          project: this.#names.project(refusal.projectId),
          cost: this.#money(refusal.costFen),
          limit: this.#money(refusal.limitFen),
        });
      case 'negative-fen':
      case 'fractional-fen':
      case 'amount-too-large':
      case 'amount-zero':
        return words[refusal.kind]({ what: refusal.of === '' ? words.theBudget : words.named({ id: refusal.of }) });
    }
  }

  ballot(refusal: BallotRefusal): string {
    const words = this.#words.ballotRefusals;
    switch (refusal.kind) {
      case 'empty-ballot':
        return words[refusal.kind];
      case 'too-many-choices':
        return words[refusal.kind]({ chosen: refusal.chosen, atMost: refusal.atMost });
      case 'over-budget':
        return words[refusal.kind]({ cost: this.#money(refusal.costFen), budget: this.#money(refusal.budgetFen) });
      case 'points-do-not-sum':
        return words[refusal.kind]({ given: refusal.given, total: refusal.total });
      case 'too-many-points':
        return words[refusal.kind]({
          project: this.#names.project(refusal.projectId),
          points: refusal.points,
          atMost: refusal.atMostEach,
        });
      case 'unknown-choice':
      case 'choice-twice':
      case 'points-missing':
      case 'bad-points':
        return words[refusal.kind]({ project: this.#names.project(refusal.projectId) });
    }
  }

  election(refusal: ElectionRefusal): string {
    if (refusal.kind === 'seat-twice') return this.#words.ballotRefusals['seat-twice']({ seat: refusal.seat });
    return 'seat' in refusal ? this.ballot(refusal) : this.call(refusal);
  }

  count(refusal: CountRefusal): string {
    const words = this.#words.countRefusals;
    if (refusal.kind === 'rule-needs-points') return words[refusal.kind]({ rule: refusal.rule });
    return words[refusal.kind]({
      rule: refusal.rule,
      known: formatList(
        this.#lang,
        countingRules.map(({ id }) => id),
      ),
    });
  }

  /** With the line in front. */
  pb(refusal: PbRefusal): string {
    // Each sentence names parameters its refusal has; funding-sentences.test.ts says every one of them.
    const sentence = this.#words.pbRefusals[refusal.kind] as string | ((p: PbRefusal) => string);
    return this.#words.pbAtLine({
      line: refusal.line,
      why: typeof sentence === 'string' ? sentence : sentence(refusal),
    });
  }

  #money = (units: number): string => formatYuan(Math.round((units * 100) / (this.#names.perYuan ?? 100)));

  /** What follows a colon begins small in English, what follows a full stop does not. */
  #joined = (sentences: readonly string[]): string =>
    sentences
      .map((sentence, index) => (index === 0 ? sentence : sentence.charAt(0).toUpperCase() + sentence.slice(1)))
      .join(this.#lang === 'zh-CN' ? '' : ' ');
}

const wholePart = ({ num, den }: ExactNumber): number => Number(BigInt(num) / BigInt(den));
const wholeNumber = (exact: ExactNumber): string => formatNumber(wholePart(exact));
const grouped = (digits: string): string => formatNumber(Number(digits));
