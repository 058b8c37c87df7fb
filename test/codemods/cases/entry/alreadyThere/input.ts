import { registerRootComponent } from "expo";

import App from "./App";
import "./src/providers/backgroundSync";

// Comment of the template.
registerRootComponent(App);
