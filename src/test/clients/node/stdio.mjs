// Joins a driver to this process: a line of JSON in, a line of JSON out; the end of input is the end.
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {Driver} from '../driver.mjs';

export function drive(library, make) {
  const about = new URL(`./node_modules/${library}/package.json`, import.meta.url);
  const say = words => process.stdout.write(JSON.stringify(words) + '\n');
  const driver = new Driver(make, say);
  createInterface({input: process.stdin})
    .on('line', line => driver.hear(JSON.parse(line)))
    .on('close', () => process.exit(0));
  say({event: 'ready', version: JSON.parse(readFileSync(about)).version});
}
