# SPDX-License-Identifier: Apache-2.0
# `cmake --install build --prefix /usr`: the programs, their manual pages, units and completions.
include(GNUInstallDirs)
install(TARGETS yadod RUNTIME DESTINATION ${CMAKE_INSTALL_SBINDIR})
install(TARGETS yado RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES packaging/man/yado.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES packaging/man/yadod.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(DIRECTORY packaging/systemd/ DESTINATION lib/systemd/system)
install(FILES packaging/completions/yado DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES packaging/completions/_yado DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
