// Compares a script with its shorter version, as TypeScript reads them: prints how many
// variables it has, and what differs, one a line.

import { readFileSync } from "node:fs"
import ts from "../../node_modules/typescript/lib/typescript.js"

const [before, after] = process.argv.slice(2).map((path) => {
  const source = ts.createSourceFile(path, readFileSync(path, "utf-8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS)
  const options = { allowJs: true, noLib: true, noResolve: true, types: [] }
  const host = { ...ts.createCompilerHost(options), getSourceFile: (name) => (name === path ? source : undefined) }
  return { source, checker: ts.createProgram([path], options, host).getTypeChecker() }
})
const names = new Map(), back = new Map(), differences = []

const partsOf = (node) => {
  const parts = []
  // Declarations that follow each other may be one.
  const each = (part) => (ts.isVariableStatement(part) ? part.declarationList.declarations : [part])
  node.forEachChild((part) => void parts.push(...each(part)))
  return parts
}
const isName = (node) => ts.isIdentifier(node) || ts.isPrivateIdentifier(node)
const line = (node) => node.getText().slice(0, 80).replaceAll("\n", " ")
const differ = (one, other) => differences.push(`${line(one)} -> ${line(other)}`)

/** Whether a name is one that the script itself declares, as a variable. */
const isOwn = (node, { checker, source }) => {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  return symbol?.declarations?.some((each) => each.getSourceFile() === source) ?? false
}

/** A variable has everywhere the same new name, which no other one has; what is not the script's own stays. */
const compareVariables = (one, other) => {
  if (!isOwn(one, before) && one.text !== other.text) differ(one, other)
  if (isOwn(one, before) !== isOwn(other, after)) differ(one, other)
  if ((names.get(one.text) ?? other.text) !== other.text) differ(one, other)
  if ((back.get(other.text) ?? one.text) !== one.text) differ(one, other)
  names.set(one.text, other.text)
  back.set(other.text, one.text)
}

const isProperty = ({ parent }, node) =>
  (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
  (ts.isPropertyAssignment(parent) && parent.name === node) ||
  (ts.isMethodDeclaration(parent) && parent.name === node) ||
  (ts.isGetAccessor(parent) && parent.name === node) ||
  (ts.isBindingElement(parent) && parent.propertyName === node)

const compare = (one, other) => {
  if (ts.isShorthandPropertyAssignment(one) && ts.isPropertyAssignment(other)) {
    if (one.name.text !== other.name.text) differ(one, other)
    return compareVariables(one.name, other.initializer)
  }
  let parts = partsOf(one), others = partsOf(other)
  if (ts.isBindingElement(one) && !one.propertyName && other.propertyName) {
    if (one.name.text !== other.propertyName.text) differ(one, other)
    others = others.filter((part) => part !== other.propertyName)
  }
  const isSameKind = one.kind === other.kind && parts.length === others.length
  const bools = { "!0": ts.SyntaxKind.TrueKeyword, "!1": ts.SyntaxKind.FalseKeyword }
  if (!isSameKind) return bools[other.getText()] === one.kind || differ(one, other)
  if (isName(one)) {
    if (!isProperty(one, one)) compareVariables(one, other)
    else if (ts.isPrivateIdentifier(one)) compareVariables(one, other)
    else if (one.text !== other.text) differ(one, other)
  } else if (parts.length === 0 && one.text !== undefined && one.text !== other.text) differ(one, other)
  parts.forEach((part, k) => compare(part, others[k]))
}

compare(before.source, after.source)
console.log([names.size, ...differences].join("\n"))
