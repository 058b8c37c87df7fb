import { registerRootComponent from "expo";
