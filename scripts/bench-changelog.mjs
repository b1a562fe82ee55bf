// Measures how changelogs are read; scripts/bench-changelog says how to call it. The compared programs run alternately.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const self = fileURLToPath(import.meta.url);
const root = dirname(dirname(self));
// Enough for both runtimes to compile what runs often; the first half is omitted.
const timesInOneProcess = 100;

let tiny;

const rivals = {
  'keep-a-changelog': async (npm) => {
    const { parser } = await import(pathToFileURL(join(npm, 'keep-a-changelog', 'mod.js')));
    return (file, version) => parser(readFileSync(file, 'utf8')).findRelease(version).toString();
  },
  'changelog-parser': async (npm) => {
    const parse = createRequire(join(npm, 'x.js'))('changelog-parser');
    return async (file, version) => (await parse({ filePath: file })).versions.find((v) => v.version === version).body;
  },
};

// read RIVAL NPM FILE VERSION TIMES: prints the milliseconds of each, one a line.
if (process.argv[2] === 'read') {
  const [rival, npm, file, version, times] = process.argv.slice(3);
  const read = await rivals[rival](npm);
  for (let i = 0; i < Number(times); i++) {
    const start = performance.now();
    const notes = await read(file, version);
    console.log(notes ? (performance.now() - start).toFixed(3) : 'nothing');
  }
} else {
  measure(process.argv[2], Number(process.argv[3]), process.argv.slice(4));
}

function measure(npm, rounds, files) {
  console.log('## Changelogs\n\nThe notes of one version in the middle of the file. *Program*: from start to end; ours also asks git for');
  console.log('the tags. *For the file*: how much longer that takes than for a tiny changelog, without the start. *Reading alone*: in a');
  console.log('process that has done it fifty times, ours compiled fully at the first.');
  console.log(`Milliseconds, median of ${rounds} (fastest–slowest); the compared programs run alternately.\n`);
  console.log('| file | reader | program | for the file | reading alone |\n| --- | --- | ---: | ---: | ---: |');
  tiny = join(mkdtempSync(join(tmpdir(), 'bench-changelog-')), 'CHANGELOG.md');
  // keep-a-changelog asks for a title and a category.
  writeFileSync(tiny, '# Changelog\n\n## 1.0.0 - 2026-01-02\n### Added\n- First\n');
  for (const file of files) compare(npm, rounds, file);
  const large = join(mkdtempSync(join(tmpdir(), 'bench-changelog-')), 'CHANGELOG.md');
  writeFileSync(large, tenMegabytes());
  compare(npm, Math.min(rounds, 3), large, ['changelog-parser'], 2);
  memory(large);
  for (const file of [large, tiny]) rmSync(dirname(file), { recursive: true });
}

function compare(npm, rounds, file, others = Object.keys(rivals), times = timesInOneProcess) {
  const version = middle(file);
  const benchmarks = join(root, 'artifacts/bin/ReleaseActions.Benchmarks/release/ReleaseActions.Benchmarks.dll');
  const [ours, small] = [repository(file), repository(tiny)];
  const readers = [
    { name: 'changelog-extract', read: ['env', 'DOTNET_TieredCompilation=0', 'dotnet', benchmarks, 'read', file, version, times], program: program(version), start: program('1.0.0'), folder: ours, small },
    ...others.map((name) => ({
      name, read: ['node', self, 'read', name, npm, file, version, times], program: ['node', self, 'read', name, npm, file, version, 1],
      start: ['node', self, 'read', name, npm, tiny, '1.0.0', 1], folder: root, small: root,
    })),
  ].filter((reader) => works(reader));
  for (const reader of readers) Object.assign(reader, { times, programs: [], files: [], agains: [] });
  for (let round = 0; round < rounds; round++) for (const reader of readers) sample(reader);
  const label = `${basename(dirname(file))}/${basename(file)}, ${Math.round(readFileSync(file).length / 1024)} KB`;
  for (const r of readers) console.log(`| ${label} | ${r.name} | ${spread(r.programs)} | ${spread(r.files)} | ${spread(r.agains)} |`);
  const faster = (part) => Math.min(...readers.slice(1).map((r) => median(r[part]))) / median(readers[0][part]);
  if (readers.length > 1) console.log(`| | *times as fast as the faster of them* | ${faster('programs').toFixed(1)} | ${faster('files').toFixed(1)} | ${faster('agains').toFixed(1)} |`);
  for (const folder of [ours, small]) rmSync(folder, { recursive: true });
}

function works(reader) {
  const { status, stdout, stderr } = run(reader.read, reader.folder);
  const isRead = status === 0 && !stdout.includes('nothing');
  if (!isRead) console.error(`${reader.name} cannot read it: ${(stderr.match(/Error: .*/) ?? [''])[0]}`);
  return isRead;
}

function sample(reader) {
  const whole = time(reader.program, reader.folder);
  reader.programs.push(whole);
  reader.files.push(whole - time(reader.start, reader.small));
  reader.agains.push(median(run(reader.read, reader.folder).stdout.trim().split('\n').map(Number).slice(reader.times / 2)));
}

function time(command, folder) {
  const start = performance.now();
  const { status, stdout, stderr } = run(command, folder);
  if (status !== 0) throw new Error(`${command[0]}: ${stdout}${stderr}`);
  return performance.now() - start;
}

// What the file costs beyond a program that reads a small one.
function memory(large) {
  const peak = (file) => {
    const folder = repository(file);
    const { stderr } = run(['/usr/bin/time', '--format', 'peak %M', ...program(middle(file))], folder);
    rmSync(folder, { recursive: true });
    return Number(stderr.match(/peak (\d+)/)[1]) / 1024;
  };
  const [most, least] = [peak(large), peak(tiny)];
  console.log(`\nPeak memory of the program: ${least.toFixed(0)} MB for the tiny file, ${most.toFixed(0)} MB for the last: ${(most - least).toFixed(0)} MB for ten megabytes of ten thousand sections.`);
}

function program(version) {
  return [join(root, 'artifacts/suite/changelog-extract'), '--path', 'CHANGELOG.md', '--version', version, '--fallback', 'none', '--dry-run'];
}

function repository(file) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-changelog-'));
  for (const command of [['git', 'init', '--quiet'], ['git', 'remote', 'add', 'origin', '.']]) run(command, folder);
  copyFileSync(file, join(folder, 'CHANGELOG.md'));
  return folder;
}

function run([name, ...rest], folder) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith('GITHUB_')));
  return spawnSync(name, rest.map(String), { cwd: folder, env, encoding: 'utf8' });
}

function middle(file) {
  const versions = [...readFileSync(file, 'utf8').matchAll(/^## \[?v?(\d+\.\d+\.\d+)\]?(?= |$)/gm)].map((m) => m[1]);
  return versions[Math.floor(versions.length / 2)];
}

function tenMegabytes() {
  const item = `- ${'Some words that a person wrote '.repeat(5)}([#12](https://example.com/12))\n`;
  let text = '# Changelog\n\n';
  for (let i = 9_999; i >= 0; i--) text += `## [1.${i}.0] - 2026-01-02\n\n### Fixed\n\n${item.repeat(5)}\n`;
  return text;
}

function median(values) { return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]; }

function spread(values) { return `${median(values).toFixed(1)} (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`; }
