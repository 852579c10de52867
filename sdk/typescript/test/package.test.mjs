// What is published: packed from the sources alone, installed beside its dependency, imported and compiled against.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import test, { after, before } from 'node:test';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
let folder;
let app;
let files;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waqtor-package-'));
  const sources = join(folder, 'sources');
  app = join(folder, 'app');
  await mkdir(sources);
  for (const name of ['package.json', 'tsconfig.json', 'README.md', 'LICENSE', 'src']) await cp(join(root, name), join(sources, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(sources, 'node_modules'));
  const [packed] = JSON.parse(await run('npm', ['pack', '--json', '--silent'], sources));
  files = packed.files.map(({ path }) => path);
  const home = join(app, 'node_modules/@waqtor/sdk');
  await mkdir(home, { recursive: true });
  await run('tar', ['-xzf', join(sources, packed.filename), '-C', home, '--strip-components=1'], folder);
  for (const name of ['@microsoft', '@types', 'undici-types']) await symlink(join(root, 'node_modules', name), join(app, 'node_modules', name));
});

after(() => rm(folder, { recursive: true, force: true }));

async function run(program, args, cwd) {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(program, args, { cwd, env }).catch(({ stdout: said, stderr }) => assert.fail(`${program}: ${said}${stderr}`));
  return stdout;
}

test('a package made from a clean checkout has everything that it exports, and its licence', { timeout: 120_000 }, () => {
  const exported = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)));
  for (const path of ['./LICENSE', './README.md', ...exported]) assert.ok(files.includes(path.slice(2)), `${path} is in ${files.join(' ')}`);
});

test('the package is imported by its names', { timeout: 60_000 }, async () => {
  await writeFile(join(app, 'app.mjs'), `
    for (const name of ${JSON.stringify(Object.keys(exports))}) {
      const options = name.endsWith('.json') ? { with: { type: 'json' } } : {};
      console.log(name, Object.keys(await import('@waqtor/sdk' + name.slice(1), options)).length > 0);
    }
  `);
  const said = await run(process.execPath, ['--no-warnings', 'app.mjs'], app);
  assert.deepEqual(said.trim().split('\n'), Object.keys(exports).map((name) => `${name} true`));
});

test('the package has the types that a strict program needs, and no others', { timeout: 120_000 }, async () => {
  await writeFile(join(app, 'package.json'), '{ "type": "module" }');
  await writeFile(join(app, 'tsconfig.json'), JSON.stringify({
    compilerOptions: {
      target: 'ES2022', module: 'NodeNext', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: ['node'], noEmit: true,
      strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true,
    },
  }));
  await cp(join(root, 'test/consumer/app.ts'), join(app, 'app.ts'));
  await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'], app);
});
