const { soundRoutes } = require("../../shared/sound-routes");

module.exports = { routes: soundRoutes };
