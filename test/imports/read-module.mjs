import { readFileSync } from 'node:fs';
import { parseSync } from '@swc/core';

const statementsThatOnlyPassOn = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration'];

/**
 * What one TypeScript file imports and which globals it uses, read from its syntax tree: a specifier inside a comment, a
 * string or a regular expression is none, however the statement is laid out.
 */
export function readModule(file) {
  const source = readFileSync(file, 'utf8');
  const tree = parseSync(source, { syntax: 'typescript', tsx: file.endsWith('x'), decorators: true, target: 'es2022' });
  const specifiers = new Set();
  const globals = new Set();
  walk(tree, (node, parent) => {
    for (const specifier of specifiersOf(node)) specifiers.add(specifier);
    const name = globalOf(node, parent);
    if (name !== undefined) globals.add(name);
  });
  return {
    file,
    specifiers: [...specifiers],
    globals: [...globals],
    passesOnOnly:
      tree.body.some((statement) => statement.type.startsWith('Export') && (statement.specifiers?.length ?? 1) > 0) &&
      tree.body.every((statement) => statementsThatOnlyPassOn.includes(statement.type)),
  };
}

/** import, import type, export … from, import(), import('…').Type, import x = require('…'), require('…'). */
function specifiersOf(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source ? [node.source.value] : [];
    case 'TsImportType':
      return [node.argument.value];
    case 'TsExternalModuleReference':
      return [node.expression.value];
    case 'CallExpression': {
      const loads = node.callee.type === 'Import' || node.callee.value === 'require';
      if (!loads) return [];
      const [first] = node.arguments;
      // A computed specifier cannot be judged, so it is reported as a name that resolves to nothing.
      return [first?.expression.type === 'StringLiteral' ? first.expression.value : './<computed>'];
    }
    default:
      return [];
  }
}

/** `Date.now`, `globalThis.fetch` (as `fetch`), `setTimeout`, and `Date` where `new Date()` reads the clock. */
function globalOf(node, parent) {
  if (node.type === 'NewExpression' && node.callee.value === 'Date' && !node.arguments?.length) return 'Date.now';
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
    const member = node.property.type === 'Computed' ? node.property.expression.value : node.property.value;
    return node.object.value === 'globalThis' ? member : `${node.object.value}.${member}`;
  }
  if (node.type !== 'Identifier') return undefined;
  // `runtime.fetch`, `{ fetch: … }` and `fetch(url): …` in an interface only name a member.
  const isMemberName = parent.property === node || parent.key === node;
  return isMemberName ? undefined : node.value;
}

function walk(node, visit, parent) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, visit, parent);
    return;
  }
  if (node === null || typeof node !== 'object') return;
  if (typeof node.type === 'string') visit(node, parent);
  const nextParent = typeof node.type === 'string' ? node : parent;
  for (const child of Object.values(node)) walk(child, visit, nextParent);
}
