// The page that holds the conversation of talk.mjs.
import { talk } from './talk.mjs';

export const run = ({ base }, ask) => talk(base, () => ask('stop'));
