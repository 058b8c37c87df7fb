import { registerRootComponent } from "expo";

import App from "./App";

// Comment of the template.
registerRootComponent(App);
