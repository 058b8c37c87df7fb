import { registerRootComponent } from "expo";
import { Home } from "./src/Home";

const App = () => <Home />;

export default registerRootComponent(App);
