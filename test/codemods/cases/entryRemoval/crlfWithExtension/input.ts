import { registerRootComponent } from "expo";

import App from "./App";
import "./src/providers/backgroundSync.ts";

// Comment of the template.
registerRootComponent(App);
