import { makeConfig } from "@acme/expo";

export default makeConfig();
