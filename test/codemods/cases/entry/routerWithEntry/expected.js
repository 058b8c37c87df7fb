import "expo-router/entry";
import "./src/providers/backgroundSync";
