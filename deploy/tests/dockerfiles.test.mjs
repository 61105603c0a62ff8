// Every Dockerfile parses, builds in an order that works, and copies what is there.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import { files, root } from './repository.mjs';

const instructions = new Set(['ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'LABEL', 'RUN', 'USER', 'VOLUME', 'WORKDIR']);

// What the make targets and scripts/emulator write before an image is built.
const built = /^(artifacts\/(x86_64|arm64)\/aws-lambda-logs-http-destination|lambda-emulator-linux-\$ARCH)$/;

const isStageOf = (stages, name) => [...stages].some((stage) => new RegExp(`^${name.replace(/\$\{TARGETARCH\}/g, '(amd64|arm64)')}$`).test(stage));

for (const file of files(/(^|\/|\.)Dockerfile$/)) {
  test(`${file}: instructions, stages and copied files`, () => {
    const stages = new Set();
    for (const instruction of DockerfileParser.parse(fs.readFileSync(path.join(root, file), 'utf8')).getInstructions()) {
      const keyword = instruction.getKeyword();
      const at = `${file}:${instruction.getRange().start.line + 1}`;
      assert.ok(instructions.has(keyword), `${at}: ${instruction.getInstruction()} is no instruction that is used here`);
      assert.equal(instruction.getInstruction(), keyword, `${at}: in capitals`);
      if (keyword === 'FROM') checkBase(instruction, stages, at);
      if (keyword === 'COPY') checkCopy(instruction, stages, at);
      if (['CMD', 'ENTRYPOINT'].includes(keyword)) {
        assert.doesNotThrow(() => JSON.parse(instruction.getArgumentsContent()), `${at}: a JSON array, since images without a shell start it`);
      }
    }
  });
}

function checkBase(from, stages, at) {
  const image = from.getImage();
  if (image !== 'scratch' && !isStageOf(stages, image)) {
    assert.match(image, /^[a-z0-9./-]+:[A-Za-z0-9._-]+$/, `${at}: ${image} is no stage above, and has no tag`);
  }
  if (from.getBuildStage()) stages.add(from.getBuildStage());
}

function checkCopy(copy, stages, at) {
  const words = copy.getArguments().map((argument) => argument.getValue());
  const target = words.at(-1);
  assert.ok(words.length >= 2, `${at}: a source and a target`);
  if (words.length > 2) assert.ok(target.endsWith('/'), `${at}: several files go into a folder`);
  const from = copy.getFlags().find((flag) => flag.getName() === 'from');
  if (from) {
    assert.ok(stages.has(from.getValue()), `${at}: there is no stage ${from.getValue()} above`);
    return;
  }
  for (const source of words.slice(0, -1)) {
    assert.ok(built.test(source) || fs.existsSync(path.join(root, source)), `${at}: ${source} does not exist`);
  }
}

test('each kind of base image is shown, and each gets the extension where Lambda looks', () => {
  const file = 'deploy/container/Dockerfile';
  const stages = new Map();
  let stage;
  for (const instruction of DockerfileParser.parse(fs.readFileSync(path.join(root, file), 'utf8')).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') stages.set((stage = instruction.getBuildStage()), []);
    else stages.get(stage)?.push(instruction.getTextContent());
  }
  for (const name of ['al2023', 'python', 'debian', 'alpine', 'distroless', 'scratch-image']) {
    const lines = stages.get(name);
    assert.ok(lines?.includes('COPY --from=logs-http-destination /opt/extensions/ /opt/extensions/'), `${name} copies the extension`);
    assert.ok(lines.some((line) => /^(CMD|ENTRYPOINT) /.test(line)), `${name} starts something`);
  }
});
