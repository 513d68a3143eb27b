/**
 * What is changed in the sources. Stryker's own mutators, without texts; or, for signs, one mutator of ours:
 * Stryker knows no numeric literals, and turns `-n` into `+n`, at which a bigint throws, so that any test of
 * the line would count as one that saw the sign.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { relative } from 'node:path';
import { ROOT } from '../root.mjs';

// the package exports only its entry; the list of mutators lies beside it
const entry = import.meta.resolve('@stryker-mutator/instrumenter');
const { default: babel } = await import(pathToFileURL(createRequire(entry).resolve('@babel/core')));
const { Instrumenter } = await import(entry);
const { allMutators } = await import(new URL('mutators/index.js', entry));
const { types } = babel;
if (!Array.isArray(allMutators) || Instrumenter?.prototype.instrument === undefined)
  throw new Error('this version of Stryker keeps its mutators elsewhere');

const languages = new Set(['fa', 'en', 'pt']);
const named = (property) => property.node.key?.name ?? property.node.key?.value;

const isLabel = (path) =>
  path.isObjectExpression() && path.node.properties.some(({ key }) => languages.has(key?.name ?? key?.value));

/** The message and the mending of an error are told to people; its code is told to programs. */
const isInErrorText = (path) =>
  path.findParent(
    (parent) =>
      parent.listKey === 'arguments' &&
      parent.key > 0 &&
      types.isIdentifier(parent.parent.callee, { name: 'KarnamaError' }),
  ) !== null ||
  (path.listKey === 'arguments' &&
    path.key > 0 &&
    types.isIdentifier(path.parent.callee, { name: 'KarnamaError' }));

/** Words of a language, wherever they stand: a code has no blank between letters and no letter beyond ASCII. */
const isProse = (text) => /[a-z,"] [a-z"]/i.test(text) || /[^\0-\x7f]/.test(text);
const isSentence = (path) =>
  (path.isStringLiteral() && isProse(path.node.value)) ||
  (path.isTemplateLiteral() && path.node.quasis.some(({ value }) => isProse(value.raw)));

/** Texts for people and version numbers; what they say is checked elsewhere, or is not a rule. */
const isLeftOut = (path) =>
  isLabel(path) ||
  isSentence(path) ||
  isInErrorText(path) ||
  path.findParent(
    (parent) => parent.isObjectProperty() && (languages.has(named(parent)) || named(parent) === 'version'),
  ) !== null;

const flipped = { '+': '-', '-': '+', '+=': '-=', '-=': '+=' };
const isText = (node) =>
  types.isStringLiteral(node) || types.isTemplateLiteral(node) || types.isTSAsExpression(node);
const isOne = ({ node }) =>
  (types.isNumericLiteral(node) && node.value === 1) || (types.isBigIntLiteral(node) && node.value === '1');

/** A one that is counted with: an item, a field, a branch, a default, or an argument of a plain function. */
const isCounted = ({ parent, key, listKey }) =>
  types.isArrayExpression(parent) ||
  (types.isObjectProperty(parent) && key === 'value') ||
  (types.isConditionalExpression(parent) && key !== 'test') ||
  types.isArrowFunctionExpression(parent) ||
  (types.isLogicalExpression(parent, { operator: '??' }) && key === 'right') ||
  (types.isAssignmentPattern(parent) && key === 'right') ||
  (types.isAssignmentExpression(parent, { operator: '=' }) && key === 'right') ||
  (listKey === 'arguments' && types.isCallExpression(parent) && types.isIdentifier(parent.callee));

const notCounts = new Set(['month', 'declared', 'codes', 'measures', 'rollUps']);
const isWorkedOut = (node) =>
  types.isIdentifier(node) ||
  types.isMemberExpression(node) ||
  types.isCallExpression(node) ||
  types.isConditionalExpression(node);
const hasNumber = (nodes) =>
  nodes.some((node) => types.isNumericLiteral(types.isObjectProperty(node) ? node.value : node));

/** What is worked out and then counted, like `[growth, 0, 0]`, `measures: [stock]`, `units: sign`. */
const isMeasure = ({ node, parent, parentPath, key }) => {
  if (!isWorkedOut(node)) return false;
  if (types.isArrayExpression(parent))
    return hasNumber(parent.elements) || types.isIdentifier(parentPath.parent.key, { name: 'measures' });
  if (!types.isObjectProperty(parent) || key !== 'value' || parent.shorthand) return false;
  if (!types.isObjectExpression(parentPath.parent)) return false;
  const isNumber = types.isCallExpression(node) && hasNumber(parentPath.parent.properties);
  return parent.key.name === 'units' || (isNumber && !notCounts.has(parent.key.name));
};

/** Every sign of a number turned round: `-n` and `n`, `a + b` and `a - b`, `+=` and `-=`, `1` and `-1`; and every measure. */
const sign = {
  name: 'Sign',
  *mutate(path) {
    const { node } = path;
    if (path.isUnaryExpression({ operator: '-' })) yield types.cloneNode(node.argument);
    else if (
      path.isBinaryExpression() &&
      node.operator in flipped &&
      !isText(node.left) &&
      !isText(node.right)
    )
      yield types.binaryExpression(
        flipped[node.operator],
        types.cloneNode(node.left),
        types.cloneNode(node.right),
      );
    else if (path.isAssignmentExpression() && node.operator in flipped)
      yield types.assignmentExpression(
        flipped[node.operator],
        types.cloneNode(node.left),
        types.cloneNode(node.right),
      );
    else if ((isOne(path) && isCounted(path)) || isMeasure(path))
      yield types.unaryExpression('-', types.cloneNode(node));
  },
};

const keyOf = (file, { start, end }, name, turn) =>
  `${file}:${start.line}:${start.column}-${end.line}:${end.column} ${name} ${turn}`;

/** The mutants of these files; all instruments of this process make only those that `isChosen` from then on. */
export const mutateWith = (kind, isChosen) => {
  const own = kind === 'signs' ? [sign] : originals;
  allMutators.splice(0, allMutators.length, ...own.map((mutator) => chosenOf(mutator, isChosen)));
};

const originals = [...allMutators];
let current = '';

const chosenOf = ({ name, mutate }, isChosen) => ({
  name,
  *mutate(path) {
    if (isLeftOut(path)) return;
    let turn = 0;
    for (const replacement of mutate(path)) {
      if (isChosen(keyOf(current, path.node.loc, name, turn++))) yield replacement;
    }
  },
});

// a mutator is not told which file it is in
const instrument = Instrumenter.prototype.instrument;
Instrumenter.prototype.instrument = function (files, options) {
  const transform = this._transform;
  this._transform = (ast, ...rest) => {
    current = relative(ROOT, ast.originFileName);
    return transform(ast, ...rest);
  };
  return instrument.call(this, files, options);
};

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };

/** The keys of all mutants there are in these sources. @param sources absolute file name → text */
export const mutantsIn = async (kind, sources) => {
  const keys = [];
  mutateWith(kind, (key) => keys.push(key) > 0);
  await new Instrumenter(silent).instrument(
    [...sources].map(([name, content]) => ({ name, content, mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  );
  return keys;
};
