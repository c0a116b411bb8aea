// Everything works without this file; it only makes the work quicker.
import { start as actions } from "./actions.js";
import { start as autosave } from "./autosave.js";
import { start as choose } from "./choose.js";
import { start as copy } from "./copy.js";
import { start as preview } from "./preview.js";
import { start as print } from "./print.js";
import { start as scan } from "./scan.js";
import { start as summary } from "./summary.js";
import { start as verdict } from "./verdict.js";

for (const start of [summary, actions, scan, verdict, autosave, preview, choose, copy, print]) start(document);
