// English words for ../zh-CN/funding.ts.
import type { funding as zhCN } from '#lib/messages/zh-CN/funding.ts';

export const funding: typeof zhCN = {
  rules: {
    greedy_votes: {
      name: 'Most votes first',
      how: 'Projects with more votes are funded first; one that no longer fits is skipped and the next is looked at.',
    },
    greedy_votes_per_cost: {
      name: 'Most votes per yuan first',
      how: 'Projects are ordered by votes divided by cost; one that no longer fits is skipped and the next is looked at.',
    },
    greedy_points: {
      name: 'Most points first',
      how: 'Projects with more points are funded first; one that no longer fits is skipped and the next is looked at.',
    },
    mes_cost: {
      name: 'Equal shares (by amount)',
      how: 'The money is divided equally among the ballots. A project is paid by its supporters together from their shares; the one that asks least of each for every yuan funded goes first, until none can be paid any more. What is left stays unspent.',
    },
    mes_cost_greedy: {
      name: 'Equal shares (by amount), rest by votes',
      how: 'The money is divided equally among the ballots. A project is paid by its supporters together from their shares; the one that asks least of each for every yuan funded goes first. When none can be paid any more, the rest is spent by votes.',
    },
    mes_cost_add1u: {
      name: 'Equal shares (by amount), raised yuan by yuan',
      how: 'The money is divided equally among the ballots, and a project is paid by its supporters together from their shares; the one that asks least of each for every yuan funded goes first. While money stays unspent, every share is raised by one yuan and all is counted anew, until a further yuan would cost too much; what is left then is spent by votes.',
    },
    mes_cost_tool_add1u: {
      name: 'Equal shares (by amount), raised from whole yuan',
      how: 'As with shares raised yuan by yuan, but starting from a whole number of yuan: what the equalshares.net tool does.',
    },
    mes_cardinality: {
      name: 'Equal shares (by number)',
      how: 'The money is divided equally among the ballots. A project is paid by its supporters together from their shares; the one that asks least of each goes first, until none can be paid any more. What is left stays unspent.',
    },
    mes_cardinality_greedy: {
      name: 'Equal shares (by number), rest by votes',
      how: 'The money is divided equally among the ballots. A project is paid by its supporters together from their shares; the one that asks least of each goes first. When none can be paid any more, the rest is spent by votes.',
    },
    mes_cardinality_add1u: {
      name: 'Equal shares (by number), raised yuan by yuan',
      how: 'The money is divided equally among the ballots, and a project is paid by its supporters together from their shares; the one that asks least of each goes first. While money stays unspent, every share is raised by one yuan and all is counted anew, until a further yuan would cost too much; what is left then is spent by votes.',
    },
    mes_points: {
      name: 'Equal shares (by points)',
      how: 'The money is divided equally among the ballots. A project is paid together by those who gave it points, in proportion to the points; the one that asks least for each point goes first, until none can be paid any more. What is left stays unspent.',
    },
    mes_points_greedy: {
      name: 'Equal shares (by points), rest by points',
      how: 'The money is divided equally among the ballots. A project is paid together by those who gave it points, in proportion to the points; the one that asks least for each point goes first. When none can be paid any more, the rest is spent by points.',
    },
    phragmen: {
      name: 'Balanced loads',
      how: 'The cost of a funded project is a load its supporters share. Each time the project is funded that leaves its supporters with the least load; when the next one does not fit, the count ends.',
    },
    max_welfare_cardinality: {
      name: 'The combination with the most votes',
      how: 'Of all combinations that fit, the one with the most votes in all.',
    },
    max_welfare_cost: {
      name: 'The combination with the most votes times cost',
      how: 'Of all combinations that fit, the one with the greatest sum of votes times cost.',
    },
  },
  ties: {
    id: 'Of exactly equal projects the one with the earlier number goes first.',
    'lower-cost': 'Of exactly equal projects the cheaper goes first; then the one with the earlier number.',
    'more-votes': 'Of exactly equal projects the one with more votes goes first; then the one with the earlier number.',
    draw: 'Exactly equal projects are ordered by the seed of a public draw; anyone can repeat it with the same seed.',
  },
  measures: { votes: 'votes', 'votes-per-cost': 'votes per yuan', points: 'points' },

  funded: (p) => `Funded: ${p.why}`,
  notFunded: (p) => `Not funded: ${p.why}`,
  how: {
    'by-votes': (p) => `${p.supporters} in favour, number ${p.place} by votes, and it fitted when its turn came.`,
    'by-votes-per-cost': (p) =>
      `${p.supporters} in favour, number ${p.place} by votes per yuan, and it fitted when its turn came.`,
    'by-points': (p) => `${p.score} points, number ${p.place}, and it fitted when its turn came.`,
    'by-shares': (p) => `its ${p.supporters} supporters paid about ${p.pay} each.`,
    'by-shares-rest': (p) =>
      `its ${p.supporters} supporters paid for it: ${p.inFull} about ${p.pay} each, and ${p.rest} who had less gave all they had left.`,
    'by-point-shares': (p) => `its ${p.supporters} supporters paid about ${p.pay} for each point they gave.`,
    'by-point-shares-rest': (p) =>
      `its ${p.supporters} supporters paid for it: ${p.inFull} about ${p.pay} for each point, and ${p.rest} who had less gave all they had left.`,
    'by-load': (p) =>
      `shared among its ${p.supporters} supporters it left each with a load of about ${p.load}, the least of all projects then.`,
    'in-best-votes': (p) => `it is in the combination with the most votes in all (${p.best}) of those that fit.`,
    'in-best-cost': 'it is in the combination with the greatest sum of votes times cost of those that fit.',
  },
  obstacles: {
    'over-budget': (p) => `when its turn came ${p.remaining} was left, ${p.missing} too little.`,
    'envelope-full': (p) => `“${p.envelope}” had ${p.remaining} left, ${p.missing} too little.`,
    'variant-taken': (p) => `another variant of the same project, “${p.other}”, is funded.`,
    'supporters-short': (p) =>
      `its ${p.supporters} supporters together had ${p.hold} left of their shares, ${p.missing} too little.`,
    'no-supporters': 'nobody supported it.',
    'stopped-at': (p) => `the count ended at “${p.other}”, which came first and no longer fitted.`,
    'not-in-best-votes': (p) =>
      `with it at most ${p.withIt} votes fit, fewer than the ${p.best} of the chosen combination.`,
    'not-in-best-cost': 'with it the sum of votes times cost would be less than that of the chosen combination.',
    'equal-best': 'a combination with it is just as good; the tie rule fixed beforehand chose another.',
    'no-combination': 'it costs more than there is, so no combination can hold it.',
  },
  tiedWith: (p) => `It was exactly equal with ${p.others}, and the tie rule fixed beforehand decided the order.`,

  steps: {
    shares: (p) => `The money is divided equally among the ballots: about ${p.perVoter} each.`,
    sharesRaised: (p) =>
      `Each share was raised by ${p.raised} yuan, to about ${p.perVoter}, for this outcome; a yuan more would cost too much, or nothing more could be funded.`,
    completion: (p) => `${p.remaining} is left and is spent by ${p.measure}, highest first.`,
    take: (p) => `“${p.name}” is funded; ${p.remaining} is left.`,
    pass: (p) => `“${p.name}” is skipped: ${p.why}`,
    stop: (p) => `“${p.name}” is next: ${p.why} The count ends.`,
  },

  callRefusals: {
    'no-projects': 'There is no project yet. Add at least one.',
    'no-seed':
      'A public draw is chosen but there is no seed. Enter the number or words drawn in public, without blanks around them.',
    'bad-terms': 'The limits of the ballot are wrong. Enter whole numbers above zero, or no limit.',
    'bad-id': (p) =>
      `“${p.id}” cannot be used as a number. Use letters, digits and hyphens, no blanks, commas, semicolons or quotes.`,
    'project-twice': (p) => `Two projects have the number “${p.id}”. Change one of them.`,
    'envelope-twice': (p) => `The category “${p.id}” is there twice. Remove one.`,
    'unknown-envelope': (p) => `The category of “${p.project}” does not exist. Choose another.`,
    'variants-apart': (p) =>
      `“${p.project}” is in another category than the other variant of the same project. Put them in the same one.`,
    'negative-fen': (p) => `The amount of ${p.what} is negative. Enter an amount above zero.`,
    'fractional-fen': (p) => `The amount of ${p.what} is not a whole number of fen. Use no more than two decimals.`,
    'amount-too-large': (p) => `The amount of ${p.what} is too large to be counted exactly. Check the zeros.`,
    'amount-zero': (p) => `The amount of ${p.what} is zero. Enter an amount above zero.`,
    'cost-above-every-source': (p) =>
      `“${p.project}” asks for ${p.cost}, more than the ${p.limit} that can be paid, so no vote could fund it. Reduce it, or leave it out.`,
    theBudget: 'the budget',
    named: (p) => `“${p.id}”`,
  },
  ballotRefusals: {
    'empty-ballot': 'No project is chosen yet. Choose at least one, then send.',
    'unknown-choice': (p) => `“${p.project}” is not on this ballot. Open the ballot again and choose.`,
    'choice-twice': (p) => `“${p.project}” is chosen twice. Remove one.`,
    'too-many-choices': (p) => `${p.chosen} are chosen, at most ${p.atMost} are allowed. Remove some, then send.`,
    'over-budget': (p) =>
      `The chosen projects cost ${p.cost}, more than the ${p.budget} there is. Remove some, then send.`,
    'points-missing': (p) => `“${p.project}” has no points yet. Add them, or do not choose it.`,
    'bad-points': (p) => `The points for “${p.project}” are wrong. Enter a whole number, zero or more.`,
    'too-many-points': (p) =>
      `“${p.project}” was given ${p.points} points, at most ${p.atMost} are allowed for one. Give it fewer.`,
    'points-do-not-sum': (p) => `${p.given} points are given, it must be exactly ${p.total}. Change some, then send.`,
    'seat-twice': (p) => `Seat ${p.seat} has two ballots. Check them and keep one.`,
  },
  countRefusals: {
    'unknown-rule': (p) => `There is no counting rule “${p.rule}”. The rules: ${p.known}`,
    'rule-needs-points': (p) =>
      `“${p.rule}” counts points and these ballots have none. Choose another rule, or ballots with points or rankings.`,
  },

  pbAtLine: (p) => `line ${p.line}: ${p.why}`,
  pbRefusals: {
    'unclosed-quote': 'A quote is not closed. Add the missing quote.',
    'outside-sections': 'This line belongs to no section. A file starts with META, then come PROJECTS and VOTES.',
    'section-twice': (p) => `The section ${p.section} is there twice. Merge the two.`,
    'section-missing': (p) => `The section ${p.section} is missing. Check that the file is complete.`,
    'header-missing': (p) => `The section ${p.section} has no column names. Write them on the line after it.`,
    'column-missing': (p) => `The section ${p.section} has no column “${p.column}”. Add it.`,
    'column-twice': (p) => `The section ${p.section} has two columns “${p.column}”. Rename one.`,
    'wrong-field-count': (p) =>
      `This line has ${p.found} fields where the column names are ${p.expected}. Check the semicolons; text with a semicolon needs quotes.`,
    'key-missing': (p) => `META has no “${p.key}”. Add that line.`,
    'key-twice': (p) => `META has two lines “${p.key}”. Keep one.`,
    'bad-amount': (p) =>
      `The value “${p.value}” of ${p.field} is not an amount. Write a number such as 48000 or 48000.50.`,
    'negative-amount': (p) => `The value ${p.value} of ${p.field} is negative. Write zero or more.`,
    'amount-too-large': (p) => `The value ${p.value} of ${p.field} is too large to be counted exactly. Check it.`,
    'unknown-vote-type': (p) =>
      `“${p.value}” is no known vote type. Use approval, choose-1, ordinal, cumulative or scoring.`,
    'unknown-tie-rule': (p) => `“${p.value}” is no known tie rule. Use id, lower-cost, more-votes or draw.`,
    'bad-points': (p) => `The points “${p.value}” are not a number. Correct them.`,
    'not-one-choice': (p) =>
      `This ballot chooses “${p.value}”, and choose-1 allows one. Check the ballot or the vote type.`,
    'count-differs': (p) => `${p.key} says ${p.stated} but the file has ${p.found}. It may be cut off; check it.`,
    'empty-id': (p) => `${p.column} is empty. Fill it in.`,
    'project-twice': (p) => `The project “${p.id}” is there twice. Correct one of them.`,
    'voter-twice': (p) => `The voter “${p.id}” has two ballots. Keep one.`,
    'unknown-project': (p) => `There is no project “${p.id}”. Check the number.`,
    'unknown-envelope': (p) => `The category “${p.id}” is not listed in META. Add its cap there.`,
    'variants-apart': (p) => `The variants of “${p.id}” are in different categories. Put them in the same one.`,
    'points-differ': (p) => `${p.projects} projects are listed with ${p.points} points. Give one for each.`,
  },
  command: {
    usage: 'Usage: npm run --silent count -- --rule RULE FILE.pb, with --explain for every step.',
    unreadable: (p) => `The file ${p.file} cannot be read (${p.reason}). Check its name.`,
    uncountable: (p) => `This file cannot be counted (${p.reason}). Check its amounts.`,
  },
};
